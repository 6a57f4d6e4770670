/**
 * What people and older lists call the places above a barangay, where that is not what the PSGC calls them now:
 * cities under the province around them, provinces and regions before they were renamed, split or moved. Names are
 * written as sorted plain words (see unitKey), so that a newer edition's codes do not matter.
 *
 * Source: the notes of PSA's PSGC publication datafile of July 2025 and the laws that they cite.
 */
import { foldName, joinWords, placeWords } from "./place-words.ts";

const UNTELLING = new Set("province of del de the island islands city municipality mun capital component".split(" "));
const SHORT: Record<string, string> = {
  or: "oriental",
  occ: "occidental",
  occi: "occidental",
  nte: "norte",
  so: "south",
  zambo: "zamboanga",
  mount: "mountain",
};

/** The key of a region, province or municipality: its telling words without their order, notes left out. */
export function unitKey(name: string): string {
  const folded = foldName(name).replace(/\([^)]*\)?/g, " ");
  const words = placeWords(folded).map((word) => SHORT[word] ?? word);
  const telling = words.filter((word) => !UNTELLING.has(word));
  // "Science City of Muñoz" and "Island Garden City of Samal" are known by their last word.
  const plain = /\bcity\b/.test(folded) ? telling.filter((word) => word !== "science" && word !== "garden") : telling;
  return joinWords(plain.toSorted());
}

/** The name in the brackets of "Cotabato (North Cotabato)"; "" where there is none. */
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

/** Province-level units that a province's name stands for besides itself: cities within it, and what was split off. */
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

/** Names that no province-level unit has now, and the units that they stand for. */
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

/** Whether a province's name means Metro Manila or one of its former districts. */
export function meansMetroManila(name: string): boolean {
  const folded = foldName(name);
  return (
    /\b(ncr|metro(politan)? ?manila|national capital region)\b/.test(folded) ||
    /^(city of )?manila( city)?$/.test(folded.trim())
  );
}

/** Cities that lie in one province of the PSGC and are looked for under others too. */
export const CITY_ALSO_UNDER = table({ Cotabato: "Cotabato,Maguindanao,Maguindanao del Sur" });

/** Municipalities under other names than their present and old ones in the PSGC. */
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
 * Where barangays of a municipality, given as "municipality, province-level unit", lie now when they are no longer in
 * it. Looked into after the municipality itself.
 */
export const MOVED_OUT_OF = new Map(
  Object.entries({
    // Bangsamoro Autonomy Acts 41 to 48 (2023): the Special Geographic Area's municipalities, made of barangays of six
    // municipalities of Cotabato.
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
 * Municipalities that merged and renumbered their barangays and went from roman to arabic figures on the way, so that
 * "Aniban II" is not "Aniban 2" (Bacoor, City Ordinance 275-2023).
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

/** First two digits of the regions that a text names; empty where it names none. */
export function regionsNamed(text: string): string[] {
  const digits = /^\s*(\d{2})0{8}\s*$|^\s*(\d)0{8}\s*$/.exec(text);
  if (digits !== null) return [(digits[1] ?? digits[2] ?? "").padStart(2, "0")];
  const note = /\(([^)]*)\)?/.exec(text)?.[1] ?? "";
  return REGIONS.get(regionKey(text)) ?? (note === "" ? undefined : REGIONS.get(regionKey(note))) ?? [];
}

/** Other regions under which the provinces of a region are found in older lists, by province or by region. */
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

/** First two digits of every region in which a province-level unit is or was. */
export function regionsOfProvince(regionCode: string, provinceKey: string): string[] {
  return [regionCode.slice(0, 2), ...(FORMER_REGIONS.get(provinceKey) ?? [])];
}

/** The codes that a unit has in editions of the PSGC that differ in where its province lies, its own among them. */
export function codesByRegion(code: string, provinceName: string): string[] {
  return regionsOfProvince(code, unitKey(provinceName)).map((region) => region + code.slice(2));
}
