import { describe, expect, it } from "vitest";
import { drift, rendered, sourceComparison, verifyReport } from "../../../helpers/reports.ts";

describe("the text of verify", () => {
  it("states that all coverages agree", () => {
    expect(rendered(verifyReport())).toContain(
      "✓ All coverages agree with their communities: 3 municipalities and 1 province checked (12 ms)\n",
    );
  });

  it("lists each coverage that differs, with both values, and the command that fixes it", () => {
    const text = rendered(verifyReport({ drift: [drift()] }));
    expect(text).toMatch(/^ {2}✗ Stale: Baungon, Bukidnon \(1001301000\) {3}households stored 4, expected 5\n/);
    expect(text).toContain("✗ 1 coverage differs from the communities; 3 municipalities and 1 province checked");
    expect(text).toMatch(/\nFix with: obc-sync sync\n$/);
  });

  it("groups the digits of figures, in text and annotations; JUnit has plain figures", () => {
    const report = verifyReport({ drift: [drift({ fields: { households: { stored: null, expected: 12345 } } })] });
    expect(rendered(report)).toContain("households stored nothing, expected 12,345\n");
    expect(rendered(report, "github")).toContain("households stored nothing, expected 12,345\n");
    expect(rendered(report, "junit")).toContain("households stored nothing, expected 12345");
  });

  it("lists four fields of a coverage and counts the others", () => {
    const fields = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((f) => [f, { stored: null, expected: 1 }]));
    expect(rendered(verifyReport({ drift: [drift({ kind: "missing", fields })] }))).toMatch(
      /✗ Missing: .*d stored nothing, expected 1; and 2 more\n/,
    );
  });

  it("has the main totals, and any other that differs between the levels", () => {
    const { totals } = verifyReport();
    const text = rendered(verifyReport({ totals: { ...totals, provinces: { ...totals.provinces, families: 8 } } }));
    expect(text).toMatch(/│ estimated_obc_population │ +1,234 │ +1,234 │ +1,234 │/);
    expect(text).toMatch(/│ families +│ +7 │ +7 │ +8 │/);
    expect(rendered(verifyReport())).not.toContain("families");
  });

  it("has only the findings with --quiet", () => {
    expect(rendered(verifyReport({ drift: [drift()] }), "text", { quiet: true }).split("\n")).toHaveLength(2);
    expect(rendered(verifyReport(), "text", { quiet: true })).toBe("");
  });
});

describe("a comparison with a file", () => {
  const unit = { level: "municipality", code: "1001301000", name: "Baungon" } as const;
  const source = sourceComparison();

  it("states that the database agrees", () => {
    expect(rendered(verifyReport({ source }))).toMatch(
      /✓ The database agrees with list\.csv \(600 rows; 3 municipalities, 1 province compared\)\n$/,
    );
  });

  it("lists unit, field and both figures of each mismatch, at most 20 without --details", () => {
    const mismatches = Array.from({ length: 22 }, () => ({ ...unit, field: "households", source: 1000, database: 2 }));
    const report = verifyReport({ source: { ...source, mismatches } });
    const line = "  ✗ municipality 1001301000 Baungon: households is 1,000 in the file, 2 in the database\n";
    expect(rendered(report).split(line)).toHaveLength(21);
    expect(rendered(report)).toContain("  and 2 more (--details or --json lists all)\n");
    expect(rendered(report, "text", { details: true }).split(line)).toHaveLength(23);
  });
});
