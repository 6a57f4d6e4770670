import { describe, expect, it } from "vitest";
import {
  computedColumns,
  differences,
  emptyPlan,
  hasChanges,
  isNameList,
  type PlannedChange,
} from "../../../src/core/sync/sync-plan.ts";

const columns = computedColumns(["households", "families"]);

function change(level: "municipality" | "province", before: PlannedChange["before"], after: PlannedChange["after"]) {
  const unit = { unitId: 1, code: "1001301000", name: "Baungon", parent: "Bukidnon", version: null };
  return { level, ...unit, action: "updated", before, after } as const;
}

it("computed columns are the counts and names of the level, then the fields in their order", () => {
  expect(columns).toEqual({
    municipality: ["total_obc_communities", "key_barangays", "households", "families"],
    province: ["total_municipalities", "total_obc_communities", "key_municipalities", "households", "families"],
  });
});

it("only lists of names are name lists", () => {
  expect([...columns.municipality, ...columns.province].filter(isNameList)).toEqual([
    "key_barangays",
    "key_municipalities",
  ]);
});

describe("differences", () => {
  it("are the columns of the change's level that differ, and null differs from 0", () => {
    expect(differences(change("municipality", [2, "A", null, 7], [2, "A, B", 0, 7]), columns)).toEqual({
      key_barangays: { before: "A", after: "A, B" },
      households: { before: null, after: 0 },
    });
    expect(differences(change("province", [1, 2, "M", 3, 4], [1, 5, "M", 3, 4]), columns)).toEqual({
      total_obc_communities: { before: 2, after: 5 },
    });
  });

  it("are none if nothing differs", () => {
    expect(differences(change("municipality", [2, "A", 1, 7], [2, "A", 1, 7]), columns)).toEqual({});
  });
});

it("an empty plan has no changes, and its levels do not share their counts", () => {
  const plan = emptyPlan({ kind: "all" }, columns);
  expect(hasChanges(plan)).toBe(false);
  plan.municipalities.created = 1;
  expect(plan.provinces.created).toBe(0);
  expect(hasChanges({ ...plan, repaired: [{ trigger: "obc_sync_runs_clear", problem: "missing" }] })).toBe(true);
  expect(hasChanges({ ...plan, changes: [change("municipality", [], [])] })).toBe(true);
});
