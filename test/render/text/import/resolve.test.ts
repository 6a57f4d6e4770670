import { describe, expect, it } from "vitest";
import type { ResolvedRow, ResolveReport } from "../../../../src/core/import/import-report.ts";
import { noPassedRows } from "../../../../src/core/records/passed-rows.ts";
import { rendered } from "../../../helpers/reports.ts";

const FOUND = { code: "1001301001", place: "Balintad, Baungon, Bukidnon", message: "", candidates: [] };
const ROWS: ResolvedRow[] = [
  { row: 2, given: "Balintad, Bukidnon", ...FOUND },
  { row: 3, given: "Balintat, Bukidnon", ...FOUND, message: "1 letter differs" },
  { row: 4, given: "Pob.", code: null, place: "", message: "2 barangays fit", candidates: [] },
];

const report: ResolveReport = {
  ...{ command: "resolve", file: "places.csv", rows: ROWS, resolved: 2, unresolved: 1, durationMs: 12.3 },
  ignoredColumns: [],
  headings: [],
  passedOver: noPassedRows(),
  sheets: null,
};

describe("the text of resolved rows", () => {
  it("has a line for each row, with its barangay, a warning, or the reason why it does not resolve", () => {
    expect(rendered(report).split("\n").slice(0, 3)).toEqual([
      "  ✓ row 2: Balintad, Bukidnon → 1001301001 Balintad, Baungon, Bukidnon",
      "  ✓ row 3: Balintat, Bukidnon → 1001301001 Balintad, Baungon, Bukidnon (1 letter differs)",
      "  ✗ row 4: Pob.: 2 barangays fit",
    ]);
  });

  it("counts the rows that resolve", () => {
    expect(rendered(report)).toContain("2 of 3 rows of places.csv resolve (12 ms); nothing was written.");
  });

  it("has only the unresolved rows with --quiet", () => {
    expect(rendered(report, "text", { quiet: true })).toBe("  ✗ row 4: Pob.: 2 barangays fit\n");
  });
});
