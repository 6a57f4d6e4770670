import { beforeAll, describe, expect, it } from "vitest";
import { pick, seededRandom } from "../../../fixtures/seeded-random.ts";
import type { Geography } from "../../../src/core/geography/geography.ts";
import { nearestPlaces } from "../../../src/core/places/place-candidates.ts";
import { PlaceDirectory } from "../../../src/core/places/place-directory.ts";
import { type PlaceNames, PlaceResolver } from "../../../src/core/places/place-resolver.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";

let geography: Geography;
let resolver: PlaceResolver;

beforeAll(async () => {
  geography = await loadBundledGeography();
  resolver = new PlaceResolver(directoryOf(geography));
});

function directoryOf({ provinces, municipalities, barangays, oldNames }: Geography): PlaceDirectory {
  const provinceOf = new Map(provinces.map((province) => [province.code, province]));
  const idOf = new Map(municipalities.map(({ code }, id) => [code, id]));
  return new PlaceDirectory(
    municipalities.map(({ code, name, kind, provinceCode }, id) => {
      const province = provinceOf.get(provinceCode);
      if (province === undefined) throw new Error(`no province ${provinceCode}`);
      return {
        id,
        code,
        name,
        kind,
        provinceCode,
        provinceName: province.name,
        provinceKind: province.kind,
        regions: [province.regionCode.slice(0, 2)],
      };
    }),
    barangays.map(({ code, name, municipalityCode }, id) => ({
      id,
      code,
      name,
      municipalityId: idOf.get(municipalityCode) as number,
    })),
    oldNames,
  );
}

function codeOf(region: string, province: string, municipality: string, barangay: string): string {
  const resolution = resolver.resolve({ region, province, municipality, barangay });
  return resolution.kind === "found" ? resolution.place.barangay.code : resolution.kind;
}

/** The ways in which people write the same name. Each is tested with every name of the country. */
const VARIATIONS: Record<string, (name: string) => string> = {
  "as it is": (name) => name,
  "in capitals": (name) => name.toUpperCase(),
  "in small letters": (name) => name.toLowerCase(),
  "without diacritics": (name) => name.normalize("NFD").replace(/\p{M}/gu, ""),
  "with a lost ñ": (name) => name.replaceAll("ñ", "�"),
  "with blanks around and within": (name) => `  ${name.replaceAll(" ", "   ")} `,
  "with hyphens as blanks": (name) => name.replaceAll("-", " "),
  "without periods": (name) => name.replaceAll(".", ""),
  "with Santo and Santa shortened": (name) => name.replace(/\bSanto\b/g, "Sto.").replace(/\bSanta\b/g, "Sta."),
  "with Santo and Santa written out": (name) => name.replace(/\bSto\./g, "Santo").replace(/\bSta\./g, "Santa"),
  "with General shortened": (name) => name.replace(/\bGeneral\b/g, "Gen."),
  "with Poblacion shortened": (name) => name.replace(/\bPoblacion\b/g, "Pob."),
  "with Poblacion in brackets": (name) => name.replace(/ Pob\.$/, " (Pob.)"),
  "with Brgy. before it": (name) => (/^(Barangay|Bgy)/.test(name) ? name : `Brgy. ${name}`),
  "with Barangay shortened": (name) => name.replace(/\bBarangay\b/g, "Brgy."),
  "with a note behind it": (name) => `${name} (coastal)`,
  "with figures for roman numerals": (name) =>
    name.replace(/\b(I{1,3}|IV|V|VI{1,3}|IX|X)\b(?!\.)/g, (roman) =>
      String(["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"].indexOf(roman)),
    ),
};

describe("names of the whole country", () => {
  it.each(Object.keys(VARIATIONS))("%s: at least 99.5 %% resolve, none to another barangay", (kind) => {
    const vary = VARIATIONS[kind] as (name: string) => string;
    expect(tally(vary, (name) => name)).toMatchObject({ wrong: [], enough: true });
  });

  it("with cities and municipalities written in several ways, and all variations mixed", () => {
    const random = seededRandom(5);
    const ways = Object.values(VARIATIONS) as [(name: string) => string];
    const mixed = (name: string) => pick(random, ways)(pick(random, ways)(name));
    const cities: [(name: string) => string, ...Array<(name: string) => string>] = [
      (name: string) => name,
      (name: string) => name.replace(/^City of (.*)$/, "$1 City"),
      (name: string) => name.replace(/^City of /, "").replace(/ City$/, ""),
      (name: string) => name.toUpperCase(),
      (name: string) => name.replace(/\bSanto\b/g, "Sto.").replace(/\bSanta\b/g, "Sta."),
    ];
    expect(tally(mixed, (name) => pick(random, cities)(name))).toMatchObject({ wrong: [], enough: true });
  });

  function tally(vary: (name: string) => string, varyAbove: (name: string) => string) {
    const provinceName = new Map(geography.provinces.map(({ code, name }) => [code, name]));
    const above = new Map(
      geography.municipalities.map(({ code, name, provinceCode }) => [
        code,
        { name, province: provinceName.get(provinceCode) as string },
      ]),
    );
    const wrong: string[] = [];
    let found = 0;
    for (const { code, name, municipalityCode } of geography.barangays) {
      const unit = above.get(municipalityCode) as { name: string; province: string };
      const municipality = varyAbove(unit.name);
      const answer = codeOf("", varyAbove(unit.province), municipality, vary(name));
      if (answer === code) found += 1;
      else if (/^\d/.test(answer)) wrong.push(`${vary(name)}, ${municipality} -> ${answer}, not ${code} ${name}`);
    }
    return { wrong: wrong.slice(0, 5), enough: found / geography.barangays.length >= 0.995, found };
  }
});

describe("names as in census lists and files of field offices", () => {
  it.each([
    ["Region IX", "Zamboanga del Sur", "Zamboanga City", "Sta. Maria", "0931700076"],
    ["XI", "Davao del Sur", "Davao City", "Brgy. 5A (Pob.)", "1130700138"],
    ["Region XII", "South Cotabato", "Gen. Santos City (Dadiangas)", "Calumpang", "1230800033"],
    ["Region IX", "Basilan", "CITY OF ISABELA (Capital)", "Sta. Cruz", "0990101044"],
    ["ARMM", "Maguindanao", "Datu Odin Sinsuat (Dinaig)", "Awang", "1908705002"],
    ["NCR", "NCR, City of Manila, First District (Not a Province)", "Tondo I/II", "Barangay 1", "1380601001"],
    ["NCR", "Metro Manila", "Manila", "Barangay 1", "1380601001"],
    ["NCR", "NCR, Fourth District", "City of Makati", "Cembo", "1381500029"],
    ["12", "North Cotabato", "Pigcawayan", "Datu Binasing", "1999905003"],
    ["Region VI", "Negros Occidental", "Enrique B. Magalona (Saravia)", "Tanza", "1804508021"],
    ["Region III", "Bulacan", "Baliuag", "Tangos", "0301403024"],
    ["Region XI", "Compostela Valley", "Laak (San Vicente)", "Kapatagan", ""],
    ["", "Laguna", "Calamba City", "Milagrosa (Tulo)", ""],
  ])("%s, %s, %s, %s", (region, province, municipality, barangay, expected) => {
    const code = codeOf(region, province, municipality, barangay);
    if (expected === "") expect(code).toMatch(/^\d{10}$/);
    else expect(code).toBe(expected);
  });

  it.each([
    ["a province that does not have the municipality", "Bukidnon", "Iligan City", "Tubod"],
    ["a municipality that several provinces have", "", "San Isidro", "Poblacion"],
    ["a barangay that was merged and renumbered", "Cavite", "Bacoor City", "Aniban II"],
    ["a barangay that was split", "Metro Manila", "Caloocan City", "Barangay 176"],
    ["a misspelling", "Zamboanga del Sur", "Zamboanga City", "Sta. Mariia"],
    ["nothing", "", "", ""],
  ])("does not guess %s", (_, province, municipality, barangay) => {
    expect(codeOf("", province, municipality, barangay)).toMatch(/unknown|ambiguous/);
  });
});

it("one misspelt letter leaves the right barangay among three candidates", () => {
  const random = seededRandom(7);
  const provinceName = new Map(geography.provinces.map(({ code, name }) => [code, name]));
  const above = new Map(geography.municipalities.map((unit) => [unit.code, unit]));
  const missed: string[] = [];
  const long = geography.barangays.filter(({ name }) => /^[A-Za-z]{8,}$/.test(name));
  for (let round = 0; round < 500; round += 1) {
    const { code, name, municipalityCode } = pick(random, long as [(typeof long)[number]]);
    const at = 1 + Math.floor(random() * (name.length - 2));
    const { name: municipality, provinceCode } = above.get(municipalityCode) as { name: string; provinceCode: string };
    const names: PlaceNames = {
      region: "",
      province: provinceName.get(provinceCode) as string,
      municipality,
      barangay: `${name.slice(0, at)}${pick(random, ["a", "e", "i", "o", "u", "k", "m", "n"])}${name.slice(at + 1)}`,
    };
    const resolution = resolver.resolve(names);
    if (resolution.kind === "found") continue;
    const candidates = nearestPlaces(resolver, names, resolution);
    if (!candidates.some(({ place }) => place.barangay.code === code)) missed.push(`${names.barangay} for ${name}`);
  }
  expect(missed).toEqual([]);
});

it("candidates are of the province that the row names, unless the municipality is of another one", () => {
  const provincesOf = (municipality: string, barangay: string) => {
    const names: PlaceNames = { region: "", province: "Bukidnon", municipality, barangay };
    const candidates = nearestPlaces(resolver, names, resolver.resolve(names));
    return [...new Set(candidates.map(({ place }) => place.municipality.provinceName))];
  };
  for (const barangay of ["Average", "Kinaptt", "Riversid"]) {
    for (const municipality of ["Damulog", "Damulok"]) {
      expect(["", "Bukidnon"]).toContain(provincesOf(municipality, barangay).join());
    }
  }
  expect(provincesOf("Damulok", "Kinaptt")).toEqual(["Bukidnon"]);
  expect(provincesOf("Tambulig", "Riverside")).toContain("Zamboanga del Sur");
});

it("a cell of a megabyte costs no more than a name", () => {
  const cells = ["ab ", "a-", "1 ", "(", "No. ", "ñ", "'", ", "].map((part) => part.repeat(1_000_000 / part.length));
  for (const cell of cells) {
    for (const column of ["barangay", "municipality", "province", "region"] as const) {
      const names: PlaceNames = { region: "", province: "Bukidnon", municipality: "Baungon", barangay: "Imbatug" };
      const resolution = resolver.resolve({ ...names, [column]: cell });
      if (resolution.kind !== "found") nearestPlaces(resolver, { ...names, [column]: cell }, resolution);
    }
  }
  const note = `Imbatug (${"the old capital ".repeat(1000)})`;
  const names: PlaceNames = { region: "", province: "Bukidnon", municipality: "Baungon", barangay: note };
  expect(resolver.resolve(names)).toMatchObject({ kind: "found", place: { barangay: { name: "Imbatug" } } });
});

it("the barangays of a city that is a province-level unit only are found by its name", async () => {
  const { municipalities, ...others } = await loadBundledGeography();
  const withoutManila = municipalities.filter(({ code }) => code !== "1380600000");
  const withParts = new PlaceResolver(directoryOf({ ...others, municipalities: withoutManila }));
  const names = { region: "NCR", province: "Metro Manila", municipality: "City of Manila", barangay: "Barangay 287" };
  const expected = codeOf("NCR", "Metro Manila", "City of Manila", "Barangay 287");
  expect(expected).toMatch(/^13806\d{5}$/);
  expect(withParts.resolve(names)).toMatchObject({ kind: "found", place: { barangay: { code: expected } } });
  // A province is not a city.
  expect(withParts.resolve({ ...names, region: "", province: "", municipality: "Bukidnon" }).kind).toBe("unknown");
});
