import { beforeAll, describe, expect, it } from "vitest";
import type { Geography } from "../../../src/core/geography/geography.ts";
import { loadBundledGeography, loadBundledNames } from "../../../src/files/geography/bundled-geography.ts";

let geography: Geography;
beforeAll(async () => {
  geography = await loadBundledGeography();
});

function kinds(units: { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of units) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe("the bundled edition", () => {
  it("has the counts that PSA publishes", () => {
    expect(geography.edition).toBe("PSGC 2nd Quarter 2025 (30 June 2025)");
    expect(geography.regions).toHaveLength(18);
    expect(geography.provinces).toHaveLength(118);
    expect(kinds(geography.provinces)).toEqual({ province: 82, independent_city: 35, special_area: 1 });
    expect(geography.municipalities).toHaveLength(1656);
    expect(kinds(geography.municipalities)).toEqual({ municipality: 1493, city: 149, sub_municipality: 14 });
    expect(geography.barangays).toHaveLength(42_011);
  });

  it("has each code once, with ten digits, sorted, under the parent that its digits identify", () => {
    for (const units of [geography.regions, geography.provinces, geography.municipalities, geography.barangays]) {
      const codes = units.map(({ code }) => code);
      expect(codes.filter((code) => !/^\d{10}$/.test(code))).toEqual([]);
      expect(codes).toEqual([...new Set(codes)].sort());
    }
    const regions = new Set(geography.regions.map(({ code }) => code));
    const provinces = new Set(geography.provinces.map(({ code }) => code));
    const municipalities = new Set(geography.municipalities.map(({ code }) => code));
    const misplaced = [
      ...geography.provinces.filter(
        ({ code, regionCode }) => regionCode !== `${code.slice(0, 2)}00000000` || !regions.has(regionCode),
      ),
      ...geography.municipalities.filter(
        ({ code, provinceCode }) => provinceCode !== `${code.slice(0, 5)}00000` || !provinces.has(provinceCode),
      ),
      ...geography.barangays.filter(
        ({ code, municipalityCode }) =>
          municipalityCode !== `${code.slice(0, 7)}000` || !municipalities.has(municipalityCode),
      ),
    ];
    expect(misplaced).toEqual([]);
  });

  it("has barangays in every municipality except Manila, whose sub-municipalities have them", () => {
    const withBarangays = new Set(geography.barangays.map(({ municipalityCode }) => municipalityCode));
    const without = geography.municipalities.filter(({ code }) => !withBarangays.has(code));
    expect(without.map(({ name }) => name)).toEqual(["City of Manila"]);
  });

  it("has trimmed names", () => {
    const names = [...geography.regions, ...geography.provinces, ...geography.municipalities, ...geography.barangays];
    expect(names.filter(({ name }) => name !== name.trim() || /\s\s/.test(name) || name === "")).toEqual([]);
  });

  it.each([
    ["1380100000", "City of Caloocan", "city", "1380100000"], // "80100" in the package
    ["0431200000", "City of Lucena", "city", "0431200000"],
    ["1381300000", "Quezon City", "city", "1381300000"],
    ["0990101000", "City of Isabela", "city", "0990100000"],
    ["1381701000", "Pateros", "municipality", "1381700000"],
    ["1999905000", "Pahamuddin", "municipality", "1999900000"],
    ["1380609000", "Intramuros", "sub_municipality", "1380600000"],
    ["1001312000", "City of Malaybalay", "city", "1001300000"],
    ["1001301000", "Baungon", "municipality", "1001300000"],
  ])("has %s %s, a %s of %s", (code, name, kind, provinceCode) => {
    expect(geography.municipalities.find((unit) => unit.code === code)).toEqual({ code, name, kind, provinceCode });
  });

  it("has barangay names with all their letters", () => {
    expect(geography.barangays.find(({ code }) => code === "1600309025")).toEqual({
      code: "1600309025",
      name: "Doña Maxima",
      municipalityCode: "1600309000",
      population: null,
    });
  });

  it("names each barangay with its municipality, and no other unit", async () => {
    const nameOf = await loadBundledNames();
    const municipalities = new Map(geography.municipalities.map(({ code, name }) => [code, name]));
    const wrong = geography.barangays.filter(
      ({ code, name, municipalityCode }) => nameOf(code) !== `${name}, ${municipalities.get(municipalityCode)}`,
    );
    expect(wrong).toEqual([]);
    expect(["1001301000", "1001301999", "x"].map(nameOf)).toEqual([null, null, null]);
  });
});
