import { expect, it } from "vitest";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { BarangayIndex } from "../../../src/core/places/barangay-index.ts";
import { RowPlacer } from "../../../src/core/rows/placing/row-placer.ts";
import { type CheckedRow, RowChecker } from "../../../src/core/rows/row-checker.ts";
import { RowSieve } from "../../../src/core/rows/sifting/row-sieve.ts";

const header = readImportHeader(["barangay_code", "estimated_obc_population", "households"], 1, {
  file: "list.csv",
  mapping: new Map(),
  ignoreUnknown: false,
});

function check(line: string, storedIds: ReadonlySet<number> | null = null) {
  return checksOf([line], storedIds)[0] as CheckedRow;
}

/** Checks rows against two barangays, of which the first has a census population of 50. */
function checksOf(lines: readonly string[], storedIds: ReadonlySet<number> | null = null): CheckedRow[] {
  const index = new BarangayIndex(2);
  index.add({ id: 11, psgcCode: "1001301001", ownCode: null, population: 50 });
  index.add({ id: 12, psgcCode: "1001301002", ownCode: null, population: null });
  const placer = new RowPlacer(index, null, null, null);
  const rules = { mayBeShort: false, codes: "psgc", texts: {}, notAvailable: new Set<string>() } as const;
  const sieve = new RowSieve({ rules, placer, skipsTotals: true });
  const checker = new RowChecker({ index, placer, sieve, storedIds });
  return lines.map((line, index) => checker.check({ row: index + 2, cells: line.split(",") }, header));
}

it("a good row has its values and the position of its barangay", () => {
  expect(check("1001301002,40,8")).toEqual({
    row: 2,
    position: 1,
    code: "1001301002",
    around: {},
    values: [40, 8],
    findings: [],
    warnings: [],
    passed: null,
  });
});

it("a row with a bad cell still has the position of its barangay", () => {
  expect(check("1001301002,40,x")).toMatchObject({
    position: 1,
    code: "1001301002",
    findings: [{ column: "households", value: "x" }],
  });
});

it("a row that does not fit the header has the position of its code, where it has one", () => {
  expect(check("1001301002,40,8,9")).toMatchObject({ position: 1, findings: [{ kind: "row" }] });
  expect(check("Balintad,40")).toMatchObject({ position: -1, findings: [{ kind: "row" }] });
});

it("a row of a barangay that does not exist is rejected", () => {
  expect(check("1001301003,40,8")).toMatchObject({ position: -1, findings: [{ kind: "code-unknown" }] });
});

it("a stored community is rejected only where it may not exist", () => {
  expect(check("1001301001,40,8", new Set([11]))).toMatchObject({ position: 0, findings: [{ kind: "stored" }] });
  expect(check("1001301002,40,8", new Set([11])).findings).toEqual([]);
});

it("implausible figures are warnings, including those above the barangay's census population", () => {
  const { findings, warnings } = check("1001301001,51,52");
  expect(findings).toEqual([]);
  expect(warnings.map(({ row, code, column, value, kind }) => [row, code, column, value, kind])).toEqual([
    [2, "1001301001", "households", "52", "implausible"],
    [2, "1001301001", "estimated_obc_population", "51", "implausible"],
  ]);
});

it("a total over a bad row is not compared before the row is corrected", () => {
  const warnings = (line: string) => {
    const checks = checksOf(["1001301001,40,8", line, "TOTAL,70,20"]);
    return checks.flatMap((checked) => checked.warnings.map(({ kind }) => kind));
  };
  expect(warnings("1001301002,30x,12")).toEqual([]);
  expect(warnings("1001301002,31,12").filter((kind) => kind === "total-differs")).toHaveLength(1);
});
