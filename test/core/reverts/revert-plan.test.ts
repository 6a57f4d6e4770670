import { describe, expect, it } from "vitest";
import { type LaterChange, overtakingRun, planOfRevert, stepOfRevert } from "../../../src/core/reverts/revert-plan.ts";
import type { UnitState } from "../../../src/core/reverts/unit-step.ts";
import { StoredChange } from "../../../src/core/runs/stored-change.ts";
import { encodeFields } from "../../../src/core/runs/trail-columns.ts";
import type { UnitChange, UnitValue } from "../../../src/core/sync/unit-change.ts";

const COMPUTED = new Set(["households", "women_count"]);
const BLANK = { is_deleted: false, auto_sync: true };
const ACTIVE = { is_deleted: false, auto_sync: true };

type Fields = Record<string, [before: UnitValue, after: UnitValue]>;

/** A unit that a run changed, as it is now. */
function unit(
  level: UnitChange["level"],
  action: UnitChange["action"],
  fields: Fields,
  now: UnitState["now"],
  { isSynced = false, ...given }: { isSynced?: boolean } & Partial<UnitState> = {},
): UnitState {
  const changes = Object.entries(fields).map(([column, [before, after]]) => [column, { before, after }]);
  const place = { level, unitId: 1, code: "1", name: "A", parent: "B", action, isSynced };
  const change = new StoredChange(place, encodeFields(action, Object.fromEntries(changes)));
  return { change, now, blank: BLANK, placeCode: "1", version: null, ...given };
}

const plan = (...units: UnitState[]) => {
  const { steps, overtaken, isOfSync } = planOfRevert(units.map((unit) => stepOfRevert(unit, COMPUTED)));
  return {
    isOfSync,
    steps: steps.map(({ change: { level, action, fields } }) => ({ level, action, fields })),
    overtaken: overtaken.map(({ reason, newer }) => ({ reason, newer })),
  };
};

const stepsOf = (...units: UnitState[]) => plan(...units).steps;
const reasonsOf = (...units: UnitState[]) => plan(...units).overtaken.map(({ reason }) => reason);

describe("the plan of a revert", () => {
  it("gives every value the one before", () => {
    const changed = unit(
      "community",
      "updated",
      { households: [5, 7], notes: [null, "x"] },
      { households: 7, notes: "x" },
    );
    expect(stepsOf(changed)).toEqual([
      {
        level: "community",
        action: "updated",
        fields: { households: { before: 7, after: 5 }, notes: { before: "x", after: null } },
      },
    ]);
  });

  it("removes what was created and adds what was removed, also without a value", () => {
    expect(stepsOf(unit("community", "created", { households: [null, 7] }, { ...BLANK, households: 7 }))).toEqual([
      { level: "community", action: "removed", fields: { households: { before: 7, after: null } } },
    ]);
    expect(stepsOf(unit("community", "created", {}, { ...BLANK, households: null }))).toMatchObject([
      { action: "removed", fields: {} },
    ]);
    expect(stepsOf(unit("community", "removed", { households: [7, null] }, null))).toEqual([
      { level: "community", action: "created", fields: { households: { before: null, after: 7 } } },
    ]);
  });

  it("leaves a unit where one value is newer, and names the column and not its value", () => {
    const newer = unit(
      "community",
      "updated",
      { households: [5, 7], women_count: [1, 2] },
      { households: 8, women_count: 2 },
    );
    expect(plan(newer)).toMatchObject({
      steps: [],
      overtaken: [{ reason: "households has been changed", newer: { column: "households", value: 8 } }],
    });
    const filled = unit("community", "created", { households: [null, 7] }, { ...BLANK, households: 7, women_count: 1 });
    expect(reasonsOf(filled)).toEqual(["women_count has been changed"]);
  });

  it("tells a created unit from one with the values that a new row has by itself", () => {
    const blank = { ...BLANK, mosques_count: 0 };
    const now = { ...BLANK, mosques_count: 0, households: 7 };
    expect(stepsOf(unit("community", "created", { households: [null, 7] }, now, { blank }))).toHaveLength(1);
  });

  it("leaves what was removed, added again, or has lost its place", () => {
    expect(reasonsOf(unit("community", "updated", { households: [5, 7] }, null))).toEqual(["it has been removed"]);
    expect(reasonsOf(unit("community", "created", { households: [5, 7] }, null))).toEqual(["it has been removed"]);
    expect(reasonsOf(unit("community", "removed", {}, { households: 1 }))).toEqual(["it has been added"]);
    expect(reasonsOf(unit("community", "removed", {}, null, { placeCode: null }))).toEqual([
      "its place no longer exists",
    ]);
  });

  it("leaves newer figures of automatic coverages to the sync that follows", () => {
    const community = unit("community", "updated", { households: [5, 7] }, { households: 7 });
    const newer = unit(
      "municipality",
      "updated",
      { households: [5, 7] },
      { ...ACTIVE, households: 9 },
      { isSynced: true },
    );
    expect(plan(community, newer)).toMatchObject({ isOfSync: false, steps: [{ level: "community" }], overtaken: [] });
  });

  it("of a sync leaves a coverage with newer figures, because no sync follows", () => {
    const newer = unit(
      "municipality",
      "updated",
      { households: [5, 7], women_count: [1, 2] },
      { ...ACTIVE, households: 9, women_count: 2 },
      { isSynced: true },
    );
    expect(plan(newer)).toMatchObject({
      isOfSync: true,
      steps: [],
      overtaken: [{ reason: "households has been changed" }],
    });
  });

  it("never writes figures of a sync into a coverage that has become manual or archived", () => {
    const synced = { isSynced: true };
    const manual = unit(
      "municipality",
      "updated",
      { households: [5, 7] },
      { ...ACTIVE, auto_sync: false, households: 7 },
      synced,
    );
    const archived = unit(
      "province",
      "updated",
      { households: [5, 7] },
      { ...ACTIVE, is_deleted: true, households: 7 },
      synced,
    );
    expect(plan(manual, archived).overtaken).toEqual([
      { reason: "its coverage has been made manual", newer: { column: "auto_sync", value: false } },
      { reason: "its coverage has been archived", newer: { column: "is_deleted", value: true } },
    ]);
    const community = unit("community", "updated", { households: [5, 7] }, { households: 7 });
    expect(plan(community, manual, archived)).toMatchObject({ steps: [{ level: "community" }], overtaken: [] });
  });

  it("leaves figures to the sync where the coverage will be automatic, not where it will be manual", () => {
    const archived: Fields = { is_deleted: [false, true] };
    const was = unit(
      "municipality",
      "updated",
      { ...archived, households: [5, 7] },
      { auto_sync: true, is_deleted: true, households: 8 },
    );
    expect(stepsOf(was)).toEqual([
      { level: "municipality", action: "updated", fields: { is_deleted: { before: true, after: false } } },
    ]);
    const made = unit(
      "municipality",
      "updated",
      { auto_sync: [false, true], households: [5, 7] },
      { ...ACTIVE, households: 8 },
    );
    expect(reasonsOf(made)).toEqual(["households has been changed"]);
  });
});

describe("the run that left a unit as it is now", () => {
  const changes = (run: number, action: UnitChange["action"], fields: Fields = {}): LaterChange => ({
    run,
    change: {
      action,
      fields: Object.fromEntries(
        Object.entries(fields).map(([column, [before, after]]) => [column, { before, after }]),
      ),
    },
  });
  const households = (value: UnitValue) => ({ column: "households", value });

  it("is the newest one that changed the column", () => {
    const later = [changes(9, "updated", { notes: ["a", "b"] }), changes(7, "updated", { households: [3, 4] })];
    expect(overtakingRun(households(4), later)).toBe(7);
  });

  it("is none where another program has changed it since, or no run has", () => {
    expect(overtakingRun(households(5), [changes(7, "updated", { households: [3, 4] })])).toBe(null);
    expect(overtakingRun(households(5), [changes(7, "updated", { notes: ["a", "b"] })])).toBe(null);
    expect(overtakingRun(households(5), [])).toBe(null);
  });

  it("is the one that removed or added the unit", () => {
    const later = [changes(9, "created"), changes(8, "updated"), changes(7, "removed")];
    expect(overtakingRun({ action: "created" }, later)).toBe(9);
    expect(overtakingRun({ action: "removed" }, later)).toBe(null);
    expect(overtakingRun({ action: "removed" }, later.slice(1))).toBe(7);
  });
});
