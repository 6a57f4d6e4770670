import { describe, expect, it } from "vitest";
import type { CoverageState } from "../../../src/core/records/coverage.ts";
import type { CoverageReport } from "../../../src/core/records/coverage-report.ts";
import { rendered, syncReport } from "../../helpers/reports.ts";

const { queries, plan } = syncReport();
const unit = {
  ...({ level: "municipality", unitId: 1, code: "1001301000", name: "Baungon", parent: "Bukidnon" } as const),
  ...{ provinceId: 3, provinceCode: "1001300000" },
};
const VALUES = { key_barangays: "Balintad, Imbatug", households: 1200, existing_support_programs: "AHOY" };

function report(state: Partial<CoverageState> | null, found: Partial<CoverageReport> = {}): CoverageReport {
  const coverage = state === null ? null : { values: VALUES, manual: false, archived: false, ...state };
  const reconciliation = [
    { field: "households", total: 1200, attributed: 900, unattributed: 300, attributionRate: 0.75 },
    { field: "families", total: 0, attributed: 0, unattributed: 0, attributionRate: null },
  ];
  const rest = { fields: {}, plan: null, queries, durationMs: 1 };
  return {
    command: "coverage",
    action: "show",
    coverage: { ...unit, coverage, version: null },
    reconciliation,
    ...rest,
    ...found,
  };
}

const cellsOf = (text: string, field: string) =>
  (text.split("\n").find((line) => line.includes(field)) ?? "").split(/ *│ */).filter((cell) => cell !== "");

describe("the text of a coverage", () => {
  it("names its mode, barangays and support programs", () => {
    const text = rendered(report({ manual: true, archived: true }));
    expect(text).toContain("Baungon, Bukidnon (1001301000)  municipality coverage, manual, archived");
    expect(text).toContain("Barangays: Balintad, Imbatug");
    expect(text).toContain("Support programs: AHOY");
  });

  it("shows how much of a figure the communities account for", () => {
    expect(cellsOf(rendered(report({})), "households")).toEqual(["households", "1,200", "900", "300", "75.0 %"]);
  });

  it("omits figures that are zero, except with --details", () => {
    expect(rendered(report({}))).not.toContain("families");
    expect(cellsOf(rendered(report({}), "text", { details: true }), "families")).toEqual([
      ...["families", "0", "0", "0", "-"],
    ]);
  });

  it("states that a unit has none", () => {
    expect(rendered(report(null))).toBe("Baungon, Bukidnon (1001301000): no coverage\n");
  });

  it("shows a change, and states if nothing else changed", () => {
    const fields = { households: { before: 1100, after: 1200 } };
    expect(rendered(report({}, { action: "set", fields, plan }))).toMatch(
      /^Changed: municipality coverage of Baungon, Bukidnon \(1001301000\) +households 1,100 → 1,200\n {2}Nothing else/,
    );
  });
});
