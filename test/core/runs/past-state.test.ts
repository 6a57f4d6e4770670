import { describe, expect, it } from "vitest";
import { type KnownUnit, stateAfter } from "../../../src/core/runs/past-state.ts";
import type { UnitChange, UnitValue } from "../../../src/core/sync/unit-change.ts";

const blank = { is_deleted: false, households: null, notes: null };

type Pairs = Record<string, [before: UnitValue, after: UnitValue]>;

function change(run: number, action: UnitChange["action"], pairs: Pairs): KnownUnit["changes"][number] {
  const fields = Object.entries(pairs).map(([column, [before, after]]) => [column, { before, after }]);
  return { run, change: { action, fields: Object.fromEntries(fields) } };
}

const life = [
  change(2, "created", { households: [null, 10] }),
  change(4, "updated", { households: [10, 20], notes: [null, "ñ"] }),
  change(6, "removed", { households: [20, null], notes: ["ñ", null] }),
  change(8, "created", { households: [null, 5] }),
  change(9, "updated", { is_deleted: [false, true] }),
];

describe("the state of a unit after a run", () => {
  it.each([
    [1, null],
    [2, { ...blank, households: 10 }],
    [3, { ...blank, households: 10 }],
    [4, { ...blank, households: 20, notes: "ñ" }],
    [6, null],
    [8, { ...blank, households: 5 }],
    [9, { ...blank, households: 5, is_deleted: true }],
    [99, { ...blank, households: 5, is_deleted: true }],
  ])("%i", (run, values) => {
    const now = { ...blank, households: 5, is_deleted: true };
    expect(stateAfter(run, { changes: life, now, blank })).toEqual({ values, foreign: null });
  });

  it("is that of today where no run changed it", () => {
    const now = { ...blank, households: 7 };
    expect(stateAfter(3, { changes: [], now, blank })).toEqual({ values: now, foreign: null });
    expect(stateAfter(0, { changes: [], now: null, blank })).toEqual({ values: null, foreign: null });
  });

  it("takes what a run changed later back, and leaves the rest as it is", () => {
    const now = { ...blank, households: 20, notes: "kept" };
    const changes = [change(5, "updated", { households: [10, 20] })];
    expect(stateAfter(4, { changes, now, blank })).toEqual({ values: { ...now, households: 10 }, foreign: null });
  });

  it("is what the last run before left where another program wrote since, and says so", () => {
    const changes = [change(2, "updated", { households: [1, 10] }), change(6, "updated", { households: [11, 20] })];
    const now = { ...blank, households: 21, notes: "new" };
    const at = (run: number) => stateAfter(run, { changes, now, blank });
    expect(at(1)).toEqual({ values: { ...now, households: 1 }, foreign: null });
    expect(at(2)).toEqual({ values: { ...now, households: 10 }, foreign: { columns: ["households"] } });
    expect(at(6)).toEqual({ values: { ...now, households: 20 }, foreign: { columns: ["households"] } });
  });

  it("says that another program has added or removed it since", () => {
    const removed = [change(2, "updated", { households: [1, 10] })];
    expect(stateAfter(2, { changes: removed, now: null, blank })).toEqual({
      values: { ...blank, households: 10 },
      foreign: "removed",
    });
    const added = [change(2, "removed", { households: [1, null] })];
    expect(stateAfter(2, { changes: added, now: blank, blank })).toEqual({ values: null, foreign: "added" });
  });
});
