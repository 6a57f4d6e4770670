import { beforeAll, describe, expect, it } from "vitest";
import { matchUnits, type NamedUnit } from "../../../src/core/places/match-units.ts";
import type { UnitScopeKind } from "../../../src/core/sync/scope.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";

let units: Record<UnitScopeKind, NamedUnit[]>;

beforeAll(async () => {
  const { regions, provinces, municipalities } = await loadBundledGeography();
  const nameOf = new Map([...regions, ...provinces].map(({ code, name }) => [code, name]));
  units = {
    region: regions.map(({ code, name }) => unit(code, name, "")),
    province: provinces.map(({ code, name, regionCode }) => unit(code, name, nameOf.get(regionCode) ?? "")),
    municipality: municipalities.map(({ code, name, provinceCode }) =>
      unit(code, name, nameOf.get(provinceCode) ?? ""),
    ),
  };
});

function unit(code: string, name: string, parent: string): NamedUnit {
  return { code, psgcCode: code, regions: [code.slice(0, 2)], name, parent };
}

function codes(kind: UnitScopeKind, text: string): string[] {
  return matchUnits(kind, text, units[kind]).map(({ code }) => code);
}

describe("a unit is found", () => {
  it.each<[UnitScopeKind, string, string]>([
    ["region", "Region IX", "0900000000"],
    ["region", "9", "0900000000"],
    ["region", "zamboanga peninsula", "0900000000"],
    ["region", "REGION 12", "1200000000"],
    ["region", "Soccsksargen", "1200000000"],
    ["region", "Region XIII", "1600000000"],
    ["region", "13", "1300000000"],
    ["region", "Metro Manila", "1300000000"],
    ["region", "barmm", "1900000000"],
    ["region", "Region IV-A", "0400000000"],
    ["province", "Province of Bukidnon", "1001300000"],
    ["province", "lanao norte", "1003500000"],
    ["province", "Zambo. del Sur", "0907300000"],
    ["province", "Compostela Valley", "1108200000"],
    ["province", "Quezon", "0405600000"],
    ["province", "Iligan City", "1030900000"],
    ["province", "Bukidnon, Region X", "1001300000"],
    ["municipality", "iligan city", "1030900000"],
    ["municipality", "City of Iligan", "1030900000"],
    ["municipality", "Iligan", "1030900000"],
    ["municipality", "Iligan City, Lanao del Norte", "1030900000"],
    ["municipality", "Gen. Santos City", "1230800000"],
    ["municipality", "Dadiangas", ""],
    ["municipality", "Quezon City", "1381300000"],
    ["municipality", "City of Quezon", "1381300000"],
    ["municipality", "Sto. Tomas, La Union", "0103317000"],
    ["municipality", "SANTO TOMAS, La Union, Region I", "0103317000"],
    ["municipality", "Pi?an", "0907209000"],
    ["municipality", "Davao City, Davao del Sur", "1130700000"],
    ["municipality", "Makati, Metro Manila", "1380300000"],
    ["municipality", "CDO", "1030500000"],
  ])("%s %s", (kind, text, expected) => {
    expect(codes(kind, text)).toEqual(expected === "" ? [] : [expected]);
  });

  it.each<[UnitScopeKind, string]>([
    ["region", "Atlantis"],
    ["province", "Bukidnom"],
    ["municipality", "Iligan, Bukidnon"],
    ["municipality", "City"],
    ["municipality", ","],
    ["province", ""],
  ])("but not %s %s", (kind, text) => {
    expect(codes(kind, text)).toEqual([]);
  });

  it("among others if the name alone is ambiguous", () => {
    expect(codes("municipality", "Sta. Maria").length).toBeGreaterThan(3);
    expect(codes("region", "Region 4")).toEqual(["0400000000", "1700000000"]);
    expect(codes("province", "North Cotabato")).toContain("1204700000");
  });
});

/** Ways of writing a name; the units of the country use them in turn. */
const VARIATIONS: Array<(name: string) => string> = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.normalize("NFD").replace(/\p{M}/gu, ""),
  (name) => name.replace(/^City of (.*)$/, "$1 City"),
  (name) => name.replace(/\bSanto\b/g, "Sto.").replace(/\bSanta\b/g, "Sta."),
  (name) => name.replace(/\bSto\./g, "Santo").replace(/\bSta\./g, "Santa"),
  (name) => name.replace(/\bGeneral\b/g, "Gen."),
  (name) => name.replace(/\s*\([^)]*\)/, ""),
];

it("every name of the country, with the name of the unit above, is found in several spellings, and finds nothing else", () => {
  const wrong: unknown[] = [];
  for (const kind of ["region", "province", "municipality"] as const) {
    for (const [at, { code, name, parent }] of units[kind].entries()) {
      const vary = VARIATIONS[at % VARIATIONS.length] as (name: string) => string;
      const text = parent === "" ? vary(name) : `${vary(name)}, ${vary(parent)}`;
      const found = codes(kind, text);
      if (found.length !== 1 || found[0] !== code) wrong.push([text, code, found]);
    }
  }
  expect(wrong).toEqual([]);
});

it("a name of a hundred thousand commas matches nothing, at once", () => {
  for (const kind of ["region", "province", "municipality"] as const) {
    expect(codes(kind, `Atlantis${", Bukidnon".repeat(100_000)}`)).toEqual([]);
    expect(codes(kind, ",".repeat(100_000))).toEqual([]);
  }
});
