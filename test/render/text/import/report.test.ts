import { describe, expect, it } from "vitest";
import type { CommunityImportDetails, ImportReport } from "../../../../src/core/import/import-report.ts";
import { noPassedRows } from "../../../../src/core/records/passed-rows.ts";
import type { RowFinding } from "../../../../src/core/rows/row-finding.ts";
import { emptyPlan } from "../../../../src/core/sync/sync-plan.ts";
import { summarizePlan } from "../../../../src/core/sync/sync-report.ts";
import { rendered } from "../../../helpers/reports.ts";

const DETAILS: CommunityImportDetails = {
  ...{
    rejectKinds: {},
    warningKinds: {},
    skipped: 0,
    archived: [],
    stoppedAtRow: null,
    rejectsFile: null,
    columns: {},
  },
  source: { format: "text", encoding: "utf-8", delimiter: ",", sheet: null, sheets: [] },
  ...{ totals: null, withoutValues: 0, ignoredColumns: [], headings: [], passedOver: noPassedRows(), sheets: null },
};

function importReport({ details, ...report }: Partial<ImportReport> = {}): ImportReport {
  return {
    ...{ command: "import", what: "communities", file: "list.csv", dryRun: false, skipInvalid: false },
    ...{ rows: 1000, created: 900, updated: 60, unchanged: 40, removed: 0, rejected: 0, rejects: [], warnings: [] },
    ...{ sync: null, durationMs: 12, details: { ...DETAILS, ...details }, ...report },
  };
}

function rejects(count: number): RowFinding[] {
  const finding = { column: "households", code: "1001301001", value: "x", message: "not a number", kind: "figure" };
  return Array.from({ length: count }, (_, index) => ({ row: index + 2, ...finding }));
}

describe("the text of an import", () => {
  it("shows how much was read, and ends with the counts of what was written", () => {
    expect(rendered(importReport()).split("\n")).toEqual([
      "Read 1,000 rows from list.csv (12 ms)",
      "┌─────────────┬─────────┬─────────┬───────────┐",
      "│ Summary     │ Created │ Updated │ Unchanged │",
      "├─────────────┼─────────┼─────────┼───────────┤",
      "│ Communities │     900 │      60 │        40 │",
      "└─────────────┴─────────┴─────────┴───────────┘",
      "",
    ]);
  });

  it("says which columns were ignored, and how many rows had no value", () => {
    const details = { ...DETAILS, withoutValues: 1422, ignoredColumns: ["Enumerator"] };
    expect(rendered(importReport({ details }))).toMatch(
      /^Ignored column: "Enumerator"\n[\s\S]*\n1,422 rows name a barangay and have no value: they create no communities\. To create them, add --create-empty\.\n$/,
    );
  });

  it("names row, column, code and value of a bad row, and that nothing was written", () => {
    const text = rendered(importReport({ rejected: 1, rejects: rejects(1) }));
    expect(text).toMatch(/^ {2}✗ row 2, households, 1001301001: "x": not a number\n/);
    expect(text).toMatch(
      /Nothing was written: 1 row is bad\. Fix the file, or import the good rows with --skip-invalid\.\n$/,
    );
  });

  it("counts bad rows by kind, the most frequent first, and lists the first 20", () => {
    const text = rendered(
      importReport({
        rejected: 30,
        rejects: rejects(30),
        details: { ...DETAILS, rejectKinds: { doubled: 2, figure: 28 } },
      }),
    );
    expect(text).toMatch(
      /^Errors:\n {7}28 {2}invalid figures\n {8}2 {2}barangays with more than one row\n\n( {2}✗ row .*\n){20} {2}✗ and 10 more \(--json lists all\)\n/,
    );
  });

  it("names the file of bad rows, and where reading stopped", () => {
    const details = { ...DETAILS, rejectsFile: "bad.csv", stoppedAtRow: 1234 };
    const text = rendered(importReport({ rejected: 1, rejects: rejects(1), details }));
    expect(text).toContain("All bad rows are in bad.csv: fix them there and import that file.\n");
    expect(text).toContain("Reading stopped at row 1234: there may be more errors.\n");
  });

  it("lists warnings, which do not reject a row", () => {
    const text = rendered(importReport({ warnings: rejects(1) }));
    expect(text).toMatch(/^ {2}! row 2, households/);
    expect(text).not.toContain("Nothing was written");
  });

  it("lists what it archived", () => {
    const archived = [{ code: "1001301001", name: "Balintad", municipality: "Baungon" }];
    const text = rendered(importReport({ details: { ...DETAILS, archived } }));
    expect(text).toContain("Archived, because they are not in the file: 1\n  - 1001301001 Balintad, Baungon\n");
  });

  it("has only the findings with --quiet", () => {
    const report = importReport({ rejected: 1, rejects: rejects(1), warnings: rejects(1) });
    expect(rendered(report, "text", { quiet: true }).split("\n")).toHaveLength(3);
  });
});

describe("the text of an import of geography", () => {
  it("counts changes, and lists units that were renamed, moved or removed", () => {
    const unit = { level: "municipality", code: "1001301000", name: "Baungon" } as const;
    const places: ImportReport["places"] = [
      { ...unit, action: "updated", fields: { name: { before: "Bauñgon", after: "Baungon" } } },
      { ...unit, action: "removed", fields: {} },
    ];
    const text = rendered(importReport({ what: "geography", places }));
    expect(text).toMatch(
      /^Changed: name of 1\n {2}~ municipality 1001301000 Baungon \(was Bauñgon\)\n {2}- municipality 1001301000 Baungon\n/,
    );
    expect(text).toContain("Recalculate the coverages with: obc-sync sync\n");
  });
});

describe("the table at the end", () => {
  const sync = () => {
    const plan = emptyPlan({ kind: "all" }, { municipality: [], province: [] });
    return summarizePlan(plan, { kind: "all", units: [] });
  };

  it("has a row for each level that was synced, with blanks for what does not apply to it", () => {
    const text = rendered(importReport({ skipInvalid: true, rejected: 3, sync: sync() }));
    expect(text).toMatch(/│ Summary +│ Created │ Updated │ Unchanged │ Left out │/);
    expect(text).toMatch(/│ Communities +│ +900 │ +60 │ +40 │ +3 │/);
    expect(text).toMatch(/│ Municipal coverage +│ +0 │ +0 │ +0 │ +│/);
    expect(text).toMatch(/│ Provincial coverage │/);
  });

  it("of a dry run shows what would be done", () => {
    const text = rendered(importReport({ dryRun: true }));
    expect(text).toMatch(/│ Dry run: would │ Create │ Update │ Unchanged │/);
    expect(text).toMatch(/Dry run: nothing was written\.\n$/);
  });

  it("of an import with bad rows shows their number", () => {
    expect(rendered(importReport({ rejected: 1, rejects: rejects(1) }))).toMatch(/│ Communities │ 1,000 │ +999 │ +1 │/);
  });
});

describe("the totals", () => {
  const report = (totals: CommunityImportDetails["totals"], details: Partial<CommunityImportDetails> = {}) =>
    importReport({ details: { ...DETAILS, ...details, totals } });
  const communities = {
    total_obc_communities: { before: 40, after: 40 },
    estimated_obc_population: { before: 12_345, after: 24_690 },
    households: { before: 1_000, after: 1_000 },
    families: { before: 100, after: 120 },
    children_0_9: { before: 100, after: 121 },
    idps_count: { before: 0, after: 3 },
  };
  const municipalities = {
    ...{
      total_obc_communities: { before: 90, after: 90 },
      estimated_obc_population: { before: 20_000, after: 32_345 },
    },
    ...{ families: { before: 20, after: 10 } },
  };

  it("of population and households are always shown, and others that change by more than a fifth", () => {
    const text = rendered(report({ communities, municipalities: null }));
    expect(text.slice(0, text.indexOf("\nRead "))).toBe(
      [
        "Totals of the communities in the file:",
        "┌──────────────────────────┬─────────────┬────────┬──────────┐",
        "│ Total                    │ Communities │        │          │",
        "│                          │      before │  after │   change │",
        "├──────────────────────────┼─────────────┼────────┼──────────┤",
        "│ total_obc_communities    │          40 │     40 │    0.0 % │",
        "│ estimated_obc_population │      12,345 │ 24,690 │ +100.0 % │",
        "│ households               │       1,000 │  1,000 │    0.0 % │",
        "│ children_0_9             │         100 │    121 │  +21.0 % │",
        "│ idps_count               │           0 │      3 │      new │",
        "└──────────────────────────┴─────────────┴────────┴──────────┘",
        "",
      ].join("\n"),
    );
  });

  it("of the coverages stand beside them, or below them in a narrow terminal", () => {
    const both = report({ communities, municipalities });
    const wide = rendered(both).split("\n");
    expect(wide[0]).toBe("Totals of the communities in the file, and of the municipal coverages that change:");
    expect(wide.filter((line) => line.includes("families"))).toEqual([
      "│ families                 │         100 │    120 │  +20.0 % │        20 │     10 │ -50.0 % │",
    ]);
    expect(wide.find((line) => line.includes("households"))).toMatch(/│ +0\.0 % │ +│ +│ +│$/);
    const narrow = rendered(both, "text", { width: 72 }).split("\n");
    expect(narrow.slice(0, 2)).toEqual([
      "Totals of the communities in the file, and of the municipal coverages",
      "  that change:",
    ]);
    expect(narrow.filter((line) => line.includes("families"))).toEqual([
      "│ families                 │         100 │    120 │  +20.0 % │",
      "│ families                 │        20 │     10 │ -50.0 % │",
    ]);
    for (const line of narrow.slice(0, narrow.indexOf(""))) expect(line.length).toBeLessThanOrEqual(72);
  });

  it("of communities that are all new are those of population and households", () => {
    const created = Object.fromEntries(
      Object.entries(communities).map(([column, { after }]) => [column, { before: 0, after }]),
    );
    const text = rendered(report({ communities: created, municipalities: null }));
    expect(text).toMatch(/│ households +│ +0 │ +1,000 │ +new │\n└/);
  });

  it("are absent if nothing has a figure, or the file has none and creates nothing", () => {
    const none = { before: 0, after: 0 };
    const empty = { total_obc_communities: none, households: none };
    const unchanged = { total_obc_communities: { before: 40, after: 40 } };
    const created = { total_obc_communities: { before: 40, after: 41 } };
    expect(rendered(report({ communities: empty, municipalities: {} }))).not.toContain("Total");
    expect(rendered(report({ communities: unchanged, municipalities: {} }))).not.toContain("Total");
    expect(rendered(report({ communities: created, municipalities: {} }))).toMatch(/│ +40 │ +41 │ +\+2\.5 % │\n└/);
  });

  it("say that they include what is archived, and are absent with --quiet and where nothing is imported", () => {
    const archived = [{ code: "1001301001", name: "Balintad", municipality: "Baungon" }];
    const totals = { communities, municipalities: null };
    expect(rendered(report(totals, { archived }))).toContain(
      "\nTotals of the communities in the file, and of those archived because it lacks them:\n",
    );
    expect(rendered(report(totals), "text", { quiet: true })).toBe("");
    expect(rendered(report(null))).not.toContain("Totals");
  });
});

it("a warning about a whole column names no row", () => {
  const warning = { row: 0, column: "households", code: "", value: "", message: "the total changes", kind: "total" };
  expect(rendered(importReport({ warnings: [warning] }))).toMatch(/^ {2}! households: the total changes\n/);
});
