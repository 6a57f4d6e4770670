import { describe, expect, it } from "vitest";
import { PlannedChange } from "../../../src/core/sync/planned-change.ts";
import type { LevelCounts } from "../../../src/core/sync/sync-plan.ts";
import { CHANGES, rendered, syncReport } from "../../helpers/reports.ts";

function counts(level: Partial<LevelCounts>): LevelCounts {
  return { created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0, ...level };
}

const plan = {
  communities: 1150,
  municipalities: counts({ created: 45, updated: 5 }),
  provinces: counts({ created: 4, updated: 1 }),
  changes: CHANGES,
};

describe("the text of a sync", () => {
  it("lists the changes of each level, and ends with the summary", () => {
    expect(rendered(syncReport(plan)).split("\n")).toEqual([
      "Found 50 municipalities with barangay OBCs",
      "  + Created: Baungon, Bukidnon   total_obc_communities 2, key_barangays +Balintad +Imbatug, households 5",
      "  ~ Updated: Kapatagan, Lanao del Norte   households 200 → 230",
      "",
      "Found 5 provinces with barangay OBCs",
      "  ~ Updated: Bukidnon, Region X   total_municipalities 1 → 2, total_obc_communities 3 → 5, key_municipalities +Baungon, households 900 → 905",
      "",
      "SUMMARY:",
      "  Barangay OBCs:       1,150",
      "  Municipal Coverage:  45 created, 5 updated, 0 unchanged",
      "  Provincial Coverage: 4 created, 1 updated, 0 unchanged",
      "",
      "Done in 12 ms.",
      "",
    ]);
  });

  it("says what a dry run would do, and that nothing was written", () => {
    const text = rendered(syncReport({ ...plan, dryRun: true }));
    expect(text).toContain("  + Would create: Baungon, Bukidnon");
    expect(text).toContain("  ~ Would update: Kapatagan, Lanao del Norte");
    expect(text).toContain("45 to create, 5 to update, 0 unchanged");
    expect(text).toMatch(/Dry run: nothing was written\.\n$/);
  });

  it("counts the coverages that were left alone", () => {
    const text = rendered(syncReport({ municipalities: counts({ manual: 2, archived: 1 }) }));
    expect(text).toContain("0 created, 0 updated, 0 unchanged; 2 manual, 1 archived (left alone)");
  });

  it("has each field on a separate line with --details", () => {
    expect(rendered(syncReport(plan), "text", { details: true })).toContain(
      "  ~ Updated: Kapatagan, Lanao del Norte\n      households 200 → 230\n",
    );
  });

  it("says which triggers were broken, also with --quiet", () => {
    const repaired = [
      { trigger: "obc_sync_barangays_insert", problem: "missing" },
      { trigger: "obc_sync_barangays_update", problem: "replica-only" },
      { trigger: "obc_sync_provinces_insert", problem: "missing" },
    ] as const;
    const listed = [
      "! The triggers of the change log were broken, so changes may be missing from it. They were put back, and everything was synced.",
      "  missing: obc_sync_barangays_insert, obc_sync_provinces_insert; replica only: obc_sync_barangays_update",
      "",
    ];
    expect(
      rendered(syncReport({ ...plan, repaired: [...repaired] }))
        .split("\n")
        .slice(0, 3),
    ).toEqual(listed);
    expect(rendered(syncReport({ repaired: [...repaired] }), "text", { quiet: true }).split("\n")).toEqual(listed);
  });

  it("is empty with --quiet, except for what a dry run would do", () => {
    expect(rendered(syncReport(plan), "text", { quiet: true })).toBe("");
    expect(rendered(syncReport({ ...plan, dryRun: true }), "text", { quiet: true }).split("\n")).toHaveLength(4);
  });

  describe("of more than 40 units", () => {
    const municipality = { level: "municipality", parent: "Bukidnon", action: "updated", version: "1" } as const;
    const columns = ["total_obc_communities", "key_barangays", "households"];
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const unit = { ...municipality, unitId: index, code: `10013${index + 10}000`, name: `M${index}` };
        return new PlannedChange(unit, columns, [1, "A", 1000], [1, "A", 1001 + index]);
      });
    const { municipalities } = plan;

    it("has a digest between what was found and the summary", () => {
      const text = rendered(syncReport({ municipalities, changes: many(41), dryRun: true }));
      expect(text).toMatch(/^Found 50 municipalities .*\nFound 0 provinces .*\n\nChanges by province/);
      expect(text.match(/Would update/g)).toHaveLength(10);
      expect(text).toMatch(/\nWith --details: all 41 units with every field\.\n\nSUMMARY:\n/);
      expect(text).toMatch(/│ Bukidnon +│ +41 │ +41,000 │ +41,861 │ +\+861 \(\+2\.1 %\) │/);
    });

    it("lists each unit with --details, and 40 units without", () => {
      const details = rendered(syncReport({ changes: many(41) }), "text", { details: true });
      expect(details.match(/ {2}~ Updated: M\d+, Bukidnon\n {6}households 1,000 → 1,0\d\d\n/g)).toHaveLength(41);
      expect(rendered(syncReport({ changes: many(40) })).match(/ {2}~ Updated: .* {3}households 1,000/g)).toHaveLength(
        40,
      );
    });

    it("has the digest with --quiet too, in a dry run", () => {
      const report = syncReport({ changes: many(41), dryRun: true });
      expect(rendered(report, "text", { quiet: true })).toMatch(/^Changes by province/);
      expect(rendered({ ...report, dryRun: false }, "text", { quiet: true })).toBe("");
    });
  });
});
