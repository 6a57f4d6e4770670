/**
 * Names that people and older lists use for places above the barangay, where these differ from the current PSGC: cities
 * listed under the province around them, and provinces and regions before they were renamed, split or moved. Units are
 * identified by name (see unitKey), not by code, so that the tables stay valid when codes change.
 *
 * Source: the notes of PSA's PSGC publication datafile of July 2025 and the laws that they cite.
 */
import { foldName, joinWords, placeWords } from "./place-words.ts";

const GENERIC = new Set("province of del de the island islands city municipality mun capital component".split(" "));
const SHORT: Record<string, string> = {
  or: "oriental",
  occ: "occidental",
  occi: "occidental",
  nte: "norte",
  so: "south",
  zambo: "zamboanga",
  mount: "mountain",
};

/** The key of a region, province or municipality: its distinctive words in sorted order, without notes in brackets. */
export function unitKey(name: string): string {
  const folded = foldName(name).replace(/\([^)]*\)?/g, " ");
  const words = placeWords(folded).map((word) => SHORT[word] ?? word);
  const distinctive = words.filter((word) => !GENERIC.has(word));
  // "Science City of Muñoz" and "Island Garden City of Samal" are commonly called by their last word.
  const isCity = /\bcity\b/.test(folded);
  const kept = isCity ? distinctive.filter((word) => word !== "science" && word !== "garden") : distinctive;
  return joinWords(kept.toSorted());
}

/** The key of the name in brackets, as in "Cotabato (North Cotabato)"; "" where there is none. */
export function noteKey(name: string): string {
  const note = /\(([^)]*)\)?/.exec(name)?.[1] ?? "";
  return note === "" ? "" : unitKey(note);
}

function table(entries: Record<string, string>): Map<string, string[]> {
  return new Map(
    Object.entries(entries).map(([names, targets]) => [
      unitKey(names),
      targets.split(",").map((name) => unitKey(name)),
    ]),
  );
}

/** Province-level units that a province's name includes besides the province: its cities, and provinces split off. */
export const ALSO_UNDER_PROVINCE = table({
  Pampanga: "Angeles",
  "Negros Occidental": "Bacolod",
  Benguet: "Baguio",
  "Agusan del Norte": "Butuan",
  "Misamis Oriental": "Cagayan de Oro",
  "Davao del Sur": "Davao,Davao Occidental",
  "South Cotabato": "General Santos,Sarangani",
  "Lanao del Norte": "Iligan",
  Quezon: "Lucena",
  Zambales: "Olongapo",
  Palawan: "Puerto Princesa",
  Leyte: "Tacloban,Biliran",
  "Zamboanga del Sur": "Zamboanga,Zamboanga Sibugay",
  Basilan: "Isabela",
  Cebu: "Cebu,Lapu-Lapu,Mandaue",
  Iloilo: "Iloilo,Guimaras",
  "Surigao del Norte": "Dinagat Islands",
  "Davao del Norte": "Davao de Oro",
  Cotabato: "Special Geographic Area",
});

/** Names that no province-level unit has today, and the units that they refer to. */
export const PROVINCE_ALIASES = table({
  "North Cotabato": "Cotabato,Special Geographic Area",
  "Compostela Valley": "Davao de Oro",
  Comval: "Davao de Oro",
  "Western Samar": "Samar",
  Maguindanao: "Maguindanao del Norte,Maguindanao del Sur",
  "Shariff Kabunsuan": "Maguindanao del Norte",
  "Kalinga-Apayao": "Kalinga,Apayao",
  Davao: "Davao,Davao del Norte,Davao del Sur,Davao de Oro,Davao Occidental",
  SGA: "Special Geographic Area",
  "BARMM Special Geographic Area": "Special Geographic Area",
  "Special Geographic Areas": "Special Geographic Area",
  Zamboanga: "Zamboanga,Zamboanga del Norte,Zamboanga del Sur,Zamboanga Sibugay",
});

/** Whether a province's name refers to Metro Manila or to one of its former districts. */
export function meansMetroManila(name: string): boolean {
  const folded = foldName(name);
  return (
    /\b(ncr|metro(politan)? ?manila|national capital region)\b/.test(folded) ||
    /^(city of )?manila( city)?$/.test(folded.trim())
  );
}

/** Cities that people list under provinces other than the one in the PSGC. */
export const CITY_ALSO_UNDER = table({ Cotabato: "Cotabato,Maguindanao,Maguindanao del Sur" });

/** Names of municipalities that are neither current nor former names in the PSGC. */
export const MUNICIPALITY_ALIASES = table({
  IGACOS: "Samal",
  CDO: "Cagayan de Oro",
  Gensan: "General Santos",
  Pigcawayan: "Pigkawayan",
  Baliuag: "Baliwag",
  Jetafe: "Getafe",
  Pinamungahan: "Pinamungajan",
  Ozamis: "Ozamiz",
  "North Upi": "Upi",
  "Don Salvador Benedicto": "Salvador Benedicto",
  "General Salipada K. Pendatun": "Gen. S.K. Pendatun",
});

/**
 * The municipalities to which barangays of a municipality, given as "municipality, province-level unit", were
 * transferred. They are searched after the municipality itself.
 */
export const MOVED_OUT_OF = new Map(
  Object.entries({
    // Bangsamoro Autonomy Acts 41 to 48 (2023): the municipalities of the Special Geographic Area were created from
    // barangays of six municipalities of Cotabato.
    "Carmen, Cotabato": "Kapalawan",
    "Kabacan, Cotabato": "Old Kaabakan",
    "Midsayap, Cotabato": "Kadayangan,Nabalawag",
    "Aleosan, Cotabato": "Nabalawag,Tugunan",
    "Pigkawayan, Cotabato": "Pahamuddin",
    "Pikit, Cotabato": "Malidegao,Ligawasan,Tugunan",
    // Supreme Court, G.R. 235316: the ten "Embo" barangays.
    "Makati, Makati": "Taguig",
    "Payao, Zamboanga Sibugay": "Imelda",
  }).map(([from, to]) => [from.split(",").map(unitKey).join(), to.split(",").map(unitKey)]),
);

/**
 * Municipalities that merged and renumbered their barangays and replaced roman by arabic numerals, so that "Aniban II"
 * is not "Aniban 2" (Bacoor, City Ordinance 275-2023).
 */
export const RENUMBERED: ReadonlySet<string> = new Set(["Bacoor"].map(unitKey));

const REGION_NAMES: Record<string, string[]> = {
  "01": ["1", "Ilocos", "Ilocos Region"],
  "02": ["2", "Cagayan Valley"],
  "03": ["3", "Central Luzon"],
  "04": ["4 A", "4", "CALABARZON", "Southern Tagalog"],
  "17": ["4 B", "4", "MIMAROPA", "17", "Southern Tagalog", "Southwestern Tagalog"],
  "05": ["5", "Bicol"],
  "06": ["6", "Western Visayas"],
  "07": ["7", "Central Visayas"],
  "08": ["8", "Eastern Visayas"],
  "09": ["9", "Zamboanga Peninsula", "Western Mindanao"],
  "10": ["10", "Northern Mindanao"],
  "11": ["11", "Davao", "Southern Mindanao"],
  "12": ["12", "SOCCSKSARGEN", "SOCCSKARGEN", "SOCSARGEN", "SOCSKSARGEN", "Central Mindanao"],
  "13": ["NCR", "National Capital", "Metro Manila"],
  "14": ["CAR", "Cordillera Administrative", "Cordillera"],
  "16": ["13", "Caraga"],
  "18": ["NIR", "Negros Island", "18"],
  "19": ["BARMM", "ARMM", "Bangsamoro Autonomous in Muslim Mindanao", "Autonomous in Muslim Mindanao", "Bangsamoro"],
};

function regionKey(name: string): string {
  const words = placeWords(
    foldName(name)
      .replace(/\([^)]*\)?/g, " ")
      .replace(/\br(?=\d)/g, "region "),
  );
  return joinWords(words.filter((word) => word !== "region" && word !== "reg" && word !== "the").toSorted());
}

const REGIONS = new Map<string, string[]>();
for (const [code, names] of Object.entries(REGION_NAMES)) {
  for (const name of names) REGIONS.set(regionKey(name), [...(REGIONS.get(regionKey(name)) ?? []), code]);
}

/** First two digits of the regions with this name; empty where there is none. */
export function regionsNamed(text: string): string[] {
  const digits = /^\s*(\d{2})0{8}\s*$|^\s*(\d)0{8}\s*$/.exec(text);
  if (digits !== null) return [(digits[1] ?? digits[2] ?? "").padStart(2, "0")];
  const note = /\(([^)]*)\)?/.exec(text)?.[1] ?? "";
  return REGIONS.get(regionKey(text)) ?? (note === "" ? undefined : REGIONS.get(regionKey(note))) ?? [];
}

/** Former regions of province-level units, as older lists have them, by the unit's key. */
const FORMER_REGIONS = new Map<string, string[]>(
  Object.entries({
    "Negros Occidental": "06",
    Bacolod: "06",
    "Negros Oriental": "07",
    Siquijor: "07",
    Sulu: "09,19",
    Isabela: "09,19",
    Basilan: "09,19",
    "Tawi-Tawi": "09,19",
    "Maguindanao del Norte": "12,19",
    "Maguindanao del Sur": "12,19",
    "Lanao del Sur": "12,19",
    "Lanao del Norte": "12",
    Iligan: "12",
    "Special Geographic Area": "12,19",
    "South Cotabato": "11",
    Sarangani: "11",
    "General Santos": "11",
    "Agusan del Norte": "10",
    "Agusan del Sur": "10",
    Butuan: "10",
    "Surigao del Norte": "10",
    "Dinagat Islands": "10",
    "Surigao del Sur": "11",
    Aurora: "04",
    Palawan: "04,06",
    "Puerto Princesa": "04,06",
    Marinduque: "04",
    Romblon: "04",
    "Occidental Mindoro": "04",
    "Oriental Mindoro": "04",
  }).map(([name, codes]) => [unitKey(name), codes.split(",")]),
);

/**
 * The first two digits of a region's PSGC code; where the code is unknown, those of the regions of that name.
 *
 * @param psgcCode the PSGC code of the region, or of a unit in it
 */
export function regionDigits(psgcCode: string | null, regionName: string): string[] {
  return psgcCode === null ? regionsNamed(regionName) : [psgcCode.slice(0, 2)];
}

/**
 * First two digits of the current and former regions of a province-level unit.
 *
 * @param regions those of its current region
 */
export function regionsOfProvince(regions: readonly string[], provinceKey: string): string[] {
  return [...regions, ...(FORMER_REGIONS.get(provinceKey) ?? [])];
}

/** The PSGC codes of a unit in all editions of the PSGC: one for each current or former region of its province. */
export function codesByRegion(code: string, provinceName: string): string[] {
  return regionsOfProvince([code.slice(0, 2)], unitKey(provinceName)).map((region) => region + code.slice(2));
}
