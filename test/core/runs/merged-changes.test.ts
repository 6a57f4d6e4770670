import { describe, expect, it } from "vitest";
import type { KeptChange } from "../../../src/core/runs/kept-change.ts";
import { mergedChanges } from "../../../src/core/runs/merged-changes.ts";
import type { UnitValue } from "../../../src/core/sync/unit-change.ts";

type Fields = Record<string, [before: UnitValue, after: UnitValue]>;

function change(action: KeptChange["action"], fields: Fields, isSynced = false, unitId = 1): KeptChange {
  const named = Object.entries(fields).map(([column, [before, after]]) => [column, { before, after }]);
  const unit = { level: "municipality" as const, unitId, code: "1", name: "A", parent: "B" };
  return { ...unit, action, fields: Object.fromEntries(named), isSynced };
}

describe("what a run changed itself, and what its sync changed after that", () => {
  it("are one change for each unit, from the first value to the last", () => {
    const direct = [change("updated", { auto_sync: [false, true], households: [9, 5] })];
    const synced = [change("updated", { households: [5, 7], women_count: [1, 2] }, true)];
    expect(mergedChanges(direct, synced)).toEqual([
      change("updated", { auto_sync: [false, true], households: [9, 7], women_count: [1, 2] }),
    ]);
  });

  it("are none where the last value is the first one", () => {
    const direct = [change("updated", { households: [7, 5] })];
    expect(mergedChanges(direct, [change("updated", { households: [5, 7] }, true)])).toEqual([]);
  });

  it("keep a unit that was created, and one that was removed and created again is updated", () => {
    const created = mergedChanges(
      [change("created", { auto_sync: [null, true] })],
      [change("updated", { households: [null, 7] }, true)],
    );
    expect(created).toMatchObject([{ action: "created", fields: { households: { before: null, after: 7 } } }]);
    const again = mergedChanges(
      [change("removed", { households: [5, null], women_count: [1, null], existing_support_programs: ["x", null] })],
      [change("created", { households: [null, 6], women_count: [null, 1] }, true)],
    );
    expect(again).toEqual([change("updated", { households: [5, 6], existing_support_programs: ["x", null] })]);
    const automatic = mergedChanges(
      [change("removed", { auto_sync: [false, null], households: [5, null] })],
      [change("created", { households: [null, 6] }, true)],
    );
    expect(automatic).toEqual([change("updated", { auto_sync: [false, true], households: [5, 6] })]);
  });

  it("are only the sync's where the run itself changed nothing in the unit", () => {
    const synced = [change("updated", { households: [5, 7] }, true)];
    expect(mergedChanges([change("updated", {})], synced)).toEqual(synced);
    const beside = mergedChanges([change("updated", {}), change("updated", { households: [1, 2] }, false, 2)], synced);
    expect(beside.filter(({ unitId }) => unitId === 1)).toEqual(synced);
  });

  it("are the sync's where a revert brought back what a sync had written", () => {
    const merged = mergedChanges(
      [change("updated", { households: [7, 5] }, true)],
      [change("updated", { households: [5, 6] }, true)],
    );
    expect(merged).toEqual([change("updated", { households: [7, 6] }, true)]);
  });

  it("keep a unit without a value that was created or removed", () => {
    expect(mergedChanges([change("created", {}), change("removed", {}, false, 2)], [])).toHaveLength(2);
  });
});
