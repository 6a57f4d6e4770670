import { describe, expect, it } from "vitest";
import { checkedPlan } from "../../../src/core/plans/plan-form.ts";
import type { SavedPlan } from "../../../src/core/plans/saved-plan.ts";
import { StoredChange } from "../../../src/core/runs/stored-change.ts";
import { encodeFields } from "../../../src/core/runs/trail-columns.ts";

const place = { unitId: 7, code: "1001302001", name: "Aludas", parent: "Damulog", province: "Bukidnon" };

const PLAN: SavedPlan = {
  command: "import",
  createdAt: "2026-12-01T00:00:00.000Z",
  actor: "Ana",
  database: { kind: "sqlite", name: "obc.sqlite3", id: "1" },
  schema: "native",
  file: { name: "list.csv", sha256: "0".repeat(64) },
  reverts: null,
  sync: { scope: { kind: "all" }, fields: ["households"], provinces: true },
  changes: [
    new StoredChange(
      { level: "community", ...place, action: "updated" },
      encodeFields("updated", {
        households: { before: 1, after: 2 },
        notes: { before: null, after: "ñ" },
        latitude: { before: 7.5, after: null },
        is_deleted: { before: false, after: true },
      }),
    ),
    new StoredChange(
      {
        level: "municipality",
        unitId: 7,
        code: "1001302000",
        name: "Damulog",
        parent: "Bukidnon",
        action: "created",
        isSynced: true,
      },
      encodeFields("created", { total_obc_communities: { before: null, after: 1 } }),
    ),
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse returns
type Parsed = any;

const copied = (): Parsed => JSON.parse(JSON.stringify(PLAN));

const messageFor = (alter: (plan: Parsed) => unknown): string => {
  const plan = copied();
  const given = alter(plan) ?? plan;
  try {
    checkedPlan("plan.json", given, plan.changes);
  } catch (error) {
    return (error as Error).message.replace("plan.json is not a plan that obc-sync has made: ", "");
  }
  return "nothing is wrong";
};

const ofUnit = (alter: (change: Parsed) => void) => messageFor((plan) => alter(plan.changes[0]));

const ALUDAS = "change 1: community Aludas, Damulog, Bukidnon (1001302001): ";

describe("a plan from JSON", () => {
  it("is the plan that JSON was made of", () => {
    const plan = copied();
    expect(JSON.stringify(checkedPlan("plan.json", plan, plan.changes))).toBe(JSON.stringify(PLAN));
    expect(checkedPlan("plan.json", plan, plan.changes).changes.map(({ encoded }) => encoded)).toEqual(
      PLAN.changes.map(({ encoded }) => encoded),
    );
  });

  it.each<[string, (change: Parsed) => void, string]>([
    [
      "a negative figure",
      ({ fields }) => {
        fields.households.after = -1;
      },
      `${ALUDAS}households cannot be -1: it takes a whole number from 0 to 2,147,483,647, or null`,
    ],
    [
      "a figure as text",
      ({ fields }) => {
        fields.households = [1, "2"];
      },
      `${ALUDAS}households cannot be "2": it takes a whole number`,
    ],
    [
      "a figure out of range",
      ({ fields }) => {
        fields.households.after = 2 ** 31;
      },
      `${ALUDAS}households cannot be 2147483648`,
    ],
    [
      "an object as text",
      ({ fields }) => {
        fields.notes.after = {};
      },
      `${ALUDAS}notes cannot be an object: it takes text or null`,
    ],
    [
      "no flag",
      ({ fields }) => {
        fields.is_deleted.after = null;
      },
      `${ALUDAS}is_deleted cannot be null: it takes true or false`,
    ],
    [
      "one value",
      ({ fields }) => {
        fields.households = 5;
      },
      `${ALUDAS}households needs a value before and a value after, not 5`,
    ],
    [
      "a column of another level",
      ({ fields }) => {
        fields.key_barangays = ["", "x"];
      },
      `${ALUDAS}there is no column "key_barangays"`,
    ],
    [
      "a value of what is not there",
      (change) => {
        change.action = "created";
      },
      `${ALUDAS}households cannot be 1: it takes null, since the unit is not there`,
    ],
    [
      "no fields",
      (change) => {
        change.fields = null;
      },
      `${ALUDAS}fields cannot be null`,
    ],
    [
      "another action",
      (change) => {
        change.action = "constructor";
      },
      'change 1: action cannot be "constructor"',
    ],
    [
      "an id as text",
      (change) => {
        change.unitId = "7";
      },
      'change 1: unitId cannot be "7"',
    ],
    [
      "no name",
      (change) => {
        change.name = undefined;
      },
      "change 1: name cannot be undefined",
    ],
  ])("is refused with %s", (_, alter, message) => {
    expect(ofUnit(alter)).toContain(message);
  });

  it.each<[string, (plan: Parsed) => unknown, string]>([
    ["no object", () => "x", 'cannot be "x"'],
    [
      "no changes",
      (plan) => {
        plan.changes = [null];
      },
      "change 1: cannot be null",
    ],
    [
      "a unit twice",
      (plan) => {
        plan.changes.push(plan.changes[0]);
      },
      "community Aludas, Damulog, Bukidnon (1001302001) is changed twice",
    ],
    [
      "coverages without a sync",
      (plan) => {
        plan.sync = null;
      },
      "municipality Damulog, Bukidnon (1001302000) is changed by no sync",
    ],
    [
      "a foreign field",
      (plan) => {
        plan.sync.fields = ["x"];
      },
      'sync fields cannot be "x"',
    ],
    [
      "a foreign scope",
      (plan) => {
        plan.sync.scope = { kind: "toString" };
      },
      'sync scope kind cannot be "toString"',
    ],
    [
      "a scope without units",
      (plan) => {
        plan.sync.scope.kind = "province";
      },
      "sync scope units cannot be undefined",
    ],
    [
      "a foreign command",
      (plan) => {
        plan.command = "watch";
      },
      'command cannot be "watch"',
    ],
    [
      "a revert of nothing",
      (plan) => {
        plan.command = "revert";
      },
      "reverts cannot be null for revert",
    ],
    [
      "no database",
      (plan) => {
        plan.database = null;
      },
      "database cannot be null",
    ],
    [
      "a file without a name",
      (plan) => {
        plan.file = {};
      },
      "file name cannot be undefined",
    ],
  ])("is refused with %s", (_, alter, message) => {
    expect(messageFor((plan) => alter(plan))).toContain(message);
  });
});
