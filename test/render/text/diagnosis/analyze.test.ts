import { describe, expect, it } from "vitest";
import type { AnalyzeReport, CheckResult } from "../../../../src/core/diagnosis/analysis.ts";
import { rendered } from "../../../helpers/reports.ts";

function check(found: Partial<CheckResult> = {}): CheckResult {
  const about = { id: "drift", severity: "error", title: "Coverages that differ", why: "Totals are wrong." } as const;
  return { ...about, count: 0, findings: [], durationMs: 1, ...found };
}

const FINDING = {
  ...{ code: "1001301000", name: "Baungon", remedy: "obc-sync sync --municipality 1001301000" },
  figures: { stored: 1200, expected: 1300, parent_id: 4321, note: null },
};

function report(...checks: CheckResult[]): AnalyzeReport {
  const region = { code: "1000000000", name: "Region X", provinces: 9, municipalities: 93, communities: 2022 };
  const shares = { population: 5_022_768, coverageShare: 0.999, completeness: null };
  return {
    ...{ command: "analyze", failOn: "error", database: "obc.db", checks, durationMs: 12.3 },
    scope: { kind: "all", units: [] },
    regions: [{ ...region, ...shares }],
    isEmpty: false,
  };
}

describe("the text of an analysis", () => {
  it("shows a finding's code, name, figures and remedy, and counts the findings that are not listed", () => {
    const text = rendered(report(check({ count: 1500, findings: [FINDING] }), check({ id: "other" })));
    expect(text.split("\n").slice(0, 7)).toEqual([
      "✗ error drift: Coverages that differ: 1,500",
      "  Totals are wrong.",
      "  1001301000 Baungon: stored 1,200, expected 1,300, parent_id 4321",
      "    → obc-sync sync --municipality 1001301000",
      "  1,500 in all; list more with --check drift --sample N",
      "",
      "✓ 1 check found nothing",
    ]);
    expect(text).toContain("Found: error 1,500, warning 0, info 0 (2 checks, 12 ms)");
  });

  it("shows 100 % only for a complete region, and none if there is nothing to measure", () => {
    const text = rendered(report(check()));
    expect(text).toContain("99 %");
    expect(text).not.toContain("100 %");
    expect(text).toContain("none");
    expect(text).toContain("5,022,768");
    expect(text).toContain("Nothing found (1 check, 12 ms)");
  });

  it("has only the findings with --quiet", () => {
    expect(rendered(report(check()), "text", { quiet: true })).toBe("");
  });
});
