import { describe, expect, it } from "vitest";
import type { LevelCounts } from "../../../src/core/sync/sync-plan.ts";
import { describeChange } from "../../../src/render/text/sync.ts";
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
      "  ✓ Updated: Kapatagan, Lanao del Norte   households 200 → 230",
      "",
      "Found 5 provinces with barangay OBCs",
      "  ✓ Updated: Bukidnon, Region X   total_municipalities 1 → 2, total_obc_communities 3 → 5, key_municipalities +Baungon, households 900 → 905",
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
    expect(text).toContain("  ✓ Would update: Kapatagan, Lanao del Norte");
    expect(text).toContain("45 to create, 5 to update, 0 unchanged");
    expect(text).toMatch(/Dry run: nothing was written\.\n$/);
  });

  it("counts the coverages that were left alone", () => {
    const text = rendered(syncReport({ municipalities: counts({ manual: 2, archived: 1 }) }));
    expect(text).toContain("0 created, 0 updated, 0 unchanged; 2 manual, 1 archived (left alone)");
  });

  it("has each field on a separate line with --details", () => {
    expect(rendered(syncReport(plan), "text", { details: true })).toContain(
      "  ✓ Updated: Kapatagan, Lanao del Norte\n      households 200 → 230\n",
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
});

it("a change of names lists at most three names, added or removed", () => {
  const change = { before: "A, B", after: "B, C, D, E" };
  expect(describeChange("key_barangays", change, "updated")).toBe("key_barangays +C +D +E and 1 more");
});

it("a value that was or becomes null is shown as none", () => {
  expect(describeChange("households", { before: null, after: 5 }, "updated")).toBe("households none → 5");
  expect(describeChange("households", { before: 5, after: null }, "updated")).toBe("households 5 → none");
});
