import { expect, it } from "vitest";
import { computedColumns, emptyPlan, hasChanges, isNameList } from "../../../src/core/sync/sync-plan.ts";
import { CHANGES } from "../../helpers/reports.ts";

const columns = computedColumns(["households", "families"]);

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

it("an empty plan has no changes, and its levels do not share their counts", () => {
  const plan = emptyPlan({ kind: "all" }, columns);
  expect(hasChanges(plan)).toBe(false);
  plan.municipalities.created = 1;
  expect(plan.provinces.created).toBe(0);
  expect(hasChanges({ ...plan, repaired: [{ trigger: "obc_sync_runs_clear", problem: "missing" }] })).toBe(true);
  expect(hasChanges({ ...plan, changes: CHANGES.slice(0, 1) })).toBe(true);
});
