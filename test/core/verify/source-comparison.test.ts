import { describe, expect, it } from "vitest";
import {
  DRIFT_COLUMNS,
  type MunicipalityFacts,
  type StoredCoverage,
  type UnitFacts,
} from "../../../src/core/verify/drift.ts";
import {
  compareCoverages,
  comparePopulations,
  type PopulatedBarangay,
  SourceTotals,
} from "../../../src/core/verify/source-comparison.ts";

function coverage(level: "municipality" | "province", communities: number, households: number): StoredCoverage {
  const values: Record<string, number> = { total_obc_communities: communities, households };
  return { values: DRIFT_COLUMNS[level].map((column) => values[column] ?? 0), autoSync: true, isDeleted: false };
}

function municipality(id: number, households: number, inScope = true): MunicipalityFacts {
  const stored = coverage("municipality", 1, households);
  return {
    id,
    code: `100130${id}000`,
    name: `M${id}`,
    parent: "P",
    provinceId: 7,
    nameRank: id,
    inScope,
    stored,
    beneath: null,
  };
}

function province(households: number): UnitFacts {
  const stored = coverage("province", 2, households);
  return { id: 7, code: "1001300000", name: "P", parent: "R", stored };
}

/** A file with one community of 5 households in municipality 1 and one of 6 in municipality 2. */
function file(): SourceTotals {
  const totals = new SourceTotals(["households"]);
  totals.add(1, [5]);
  totals.add(2, [6]);
  return totals;
}

it("the totals of a file count rows and add up figures, a blank as 0", () => {
  const totals = new SourceTotals(["households", "families"]);
  totals.add(1, [5, null]);
  totals.add(1, [6, 2]);
  totals.add(2, [7, 1]);
  expect(totals.columns).toEqual(["total_obc_communities", "households", "families"]);
  expect(totals.of([1])).toEqual([2, 11, 2]);
  expect(totals.of([1, 2])).toEqual([3, 18, 3]);
  expect(totals.of([3])).toEqual([0, 0, 0]);
});

describe("coverages compared with a file", () => {
  it("have no mismatch at any level if they agree", () => {
    expect(compareCoverages([municipality(1, 5), municipality(2, 6)], [province(11)], file(), true)).toEqual({
      checked: { barangays: 0, municipalities: 2, provinces: 1 },
      mismatches: [],
    });
  });

  it("are compared separately at each level", () => {
    const { mismatches } = compareCoverages([municipality(1, 5), municipality(2, 9)], [province(14)], file(), true);
    expect(mismatches.map(({ level, name, source, database }) => [level, name, source, database])).toEqual([
      ["municipality", "M2", 6, 9],
      ["province", "P", 11, 14],
      ["all", "", 11, 14],
    ]);
  });

  it("omit a province if one of its municipalities is out of scope", () => {
    const units = [municipality(1, 5), municipality(2, 9, false)];
    expect(compareCoverages(units, [province(14)], file(), false)).toEqual({
      checked: { barangays: 0, municipalities: 1, provinces: 0 },
      mismatches: [],
    });
  });

  it("count an archived coverage, and one that is missing, as 0", () => {
    const archived = { ...municipality(1, 5), stored: { ...coverage("municipality", 1, 5), isDeleted: true } };
    const missing = { ...municipality(2, 6), stored: null };
    const { mismatches } = compareCoverages([archived, missing], [], file(), false);
    expect(mismatches.filter(({ field }) => field === "households")).toMatchObject([
      { name: "M1", source: 5, database: 0 },
      { name: "M2", source: 6, database: 0 },
    ]);
  });
});

it("populations are compared by barangay, and as sums if the file has one", () => {
  const place = {
    ...{ municipalityCode: "M", municipalityPsgc: "M1", municipalityName: "Mun" },
    ...{ provinceCode: "P", provincePsgc: "P1", provinceName: "Prov" },
  };
  const barangays: PopulatedBarangay[] = [
    { code: "B1", psgcCode: "B11", name: "One", population: 10, ...place },
    { code: "B2", psgcCode: null, name: "Two", population: null, ...place },
  ];
  const published = new Map([
    ["B11", 10],
    ["M1", 12],
    ["P1", 10],
  ]);
  expect(comparePopulations(barangays, published)).toEqual({
    checked: { barangays: 1, municipalities: 1, provinces: 1 },
    mismatches: [{ level: "municipality", code: "M", name: "Mun", field: "population", source: 12, database: 10 }],
  });
});
