import { describe, expect, it } from "vitest";
import { type KnownUnit, type PastState, stateAt } from "../../../src/core/figures/past-state.ts";
import type { UnitChange, UnitValue } from "../../../src/core/sync/unit-change.ts";

const blank = { is_deleted: false, households: null, notes: null };

type Pairs = Record<string, [before: UnitValue, after: UnitValue]>;

/** Run n ends at n o'clock. */
function hour(run: number): string {
  return `2026-12-01T${String(run).padStart(2, "0")}:00:00.000Z`;
}

function change(run: number, action: UnitChange["action"], pairs: Pairs): KnownUnit["changes"][number] {
  const fields = Object.entries(pairs).map(([column, [before, after]]) => [column, { before, after }]);
  return { run, finishedAt: hour(run), change: { action, fields: Object.fromEntries(fields) } };
}

/** What is known when run n has ended. @param times hours at which the row was added and written; by default unknown */
function stateAfter(
  run: number,
  changes: KnownUnit["changes"],
  values: Record<string, UnitValue> | null,
  times: { created?: number; updated?: number } = {},
): PastState {
  const at = (time: number | undefined) => (time === undefined ? null : hour(time));
  const now = values && { values, createdAt: at(times.created), updatedAt: at(times.updated) };
  return stateAt({ run, time: hour(run) }, { changes, now, blank });
}

const life = [
  change(2, "created", { households: [null, 10] }),
  change(4, "updated", { households: [10, 20], notes: [null, "ñ"] }),
  change(6, "removed", { households: [20, null], notes: ["ñ", null] }),
  change(8, "created", { households: [null, 5] }),
  change(9, "updated", { is_deleted: [false, true] }),
];

describe("a unit after a run", () => {
  it.each([
    [1, null],
    [2, { ...blank, households: 10 }],
    [3, { ...blank, households: 10 }],
    [4, { ...blank, households: 20, notes: "ñ" }],
    [6, null],
    [8, { ...blank, households: 5 }],
    [9, { ...blank, households: 5, is_deleted: true }],
    [20, { ...blank, households: 5, is_deleted: true }],
  ])("%i", (run, values) => {
    const now = { ...blank, households: 5, is_deleted: true };
    expect(stateAfter(run, life, now, { created: 8, updated: 9 })).toEqual({ values, foreign: null });
  });

  it("is as today where nobody changed it", () => {
    const now = { ...blank, households: 7 };
    expect(stateAfter(3, [], now, { created: 1, updated: 2 })).toEqual({ values: now, foreign: null });
    expect(stateAfter(0, [], null)).toEqual({ values: null, foreign: null });
  });

  it("has what a run changed later taken back, and the rest as it is", () => {
    const now = { ...blank, households: 20, notes: "kept" };
    const changes = [change(5, "updated", { households: [10, 20] })];
    const created = change(1, "created", { households: [null, 10], notes: [null, "kept"] });
    expect(stateAfter(4, [created, ...changes], now)).toEqual({ values: { ...now, households: 10 }, foreign: null });
  });

  it("that no run until then had written in full is as a later run found it, which is said", () => {
    const now = { ...blank, households: 20, notes: "kept" };
    const values = { ...now, households: 10 };
    const later = change(5, "updated", { households: [10, 20] });
    expect(stateAfter(4, [later], now)).toEqual({ values, foreign: { foundBy: 5 } });
    const earlier = change(2, "updated", { households: [1, 10] });
    expect(stateAfter(4, [earlier, later], now)).toEqual({ values, foreign: { foundBy: 5 } });
  });

  it("may have been written by another program in the second of the point in time", () => {
    const now = { values: { ...blank, households: 5 }, createdAt: hour(1), updatedAt: "2026-12-01T03:00:00.000Z" };
    const at = (time: string) => stateAt({ run: 3, time }, { changes: [], now, blank }).foreign;
    expect(at("2026-12-01T03:00:00.500Z")).toBe("unknown");
    expect(at("2026-12-01T03:00:01.500Z")).toBe(null);
  });

  it("is as the last run before left it where a later run found something else, and says so", () => {
    const changes = [change(2, "updated", { households: [1, 10] }), change(6, "updated", { households: [11, 20] })];
    const now = { ...blank, households: 21, notes: "new" };
    expect(stateAfter(1, changes, now)).toEqual({ values: { ...now, households: 1 }, foreign: { foundBy: 2 } });
    expect(stateAfter(2, changes, now)).toEqual({
      values: { ...now, households: 10 },
      foreign: { columns: ["households"] },
    });
    expect(stateAfter(6, changes, now)).toEqual({
      values: { ...now, households: 20 },
      foreign: { columns: ["households"] },
    });
  });

  it("is blank in the columns that another program may have changed since", () => {
    const now = { ...blank, households: 21, notes: "new", is_deleted: true };
    const changes = [change(2, "updated", { households: [1, 21] })];
    expect(stateAfter(3, changes, now, { updated: 4 })).toEqual({
      values: { ...now, notes: null },
      foreign: "unknown",
    });
    expect(stateAfter(1, changes, now, { updated: 4 })).toEqual({
      values: { ...now, households: 1, notes: null },
      foreign: "unknown",
    });
    expect(stateAfter(3, [], now, { updated: 4 })).toEqual({
      values: { ...blank, is_deleted: true },
      foreign: "unknown",
    });
  });

  it("is as another program wrote it before", () => {
    const now = { ...blank, households: 21, notes: "new" };
    const changes = [change(2, "updated", { households: [1, 10] })];
    expect(stateAfter(5, changes, now, { updated: 4 })).toEqual({ values: now, foreign: null });
  });

  it("that another program has added or removed since is said", () => {
    const removed = [change(2, "updated", { households: [1, 10] })];
    expect(stateAfter(2, removed, null)).toEqual({ values: { ...blank, households: 10 }, foreign: "removed" });
    const added = [change(2, "removed", { households: [1, null] })];
    expect(stateAfter(2, added, blank)).toEqual({ values: null, foreign: "added" });
    expect(stateAfter(2, [], blank, { created: 3, updated: 3 })).toEqual({ values: null, foreign: "added" });
    const changed = [change(4, "updated", { households: [1, 10] })];
    expect(stateAfter(2, changed, blank, { created: 3, updated: 4 })).toEqual({ values: null, foreign: "added" });
  });
});
