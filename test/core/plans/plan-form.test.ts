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

/** @param path of the value to replace, such as "changes.0.name" */
const messageWith = (path: string, value: unknown): string => {
  const plan = copied();
  const keys = path.split(".");
  const last = keys.pop() as string;
  keys.reduce((parent, key) => parent[key], plan)[last] = value;
  return messageOf(plan, plan.changes);
};

const messageOf = (head: unknown, changes: Parsed[]): string => {
  try {
    checkedPlan("plan.json", head, changes);
  } catch (error) {
    return (error as Error).message.replace("plan.json is not a plan that obc-sync has made: ", "");
  }
  return "nothing is wrong";
};

const ALUDAS = "community Aludas, Damulog, Bukidnon (1001302001)";
const DAMULOG = "municipality Damulog, Bukidnon (1001302000)";

describe("a plan from JSON", () => {
  it("is the plan that JSON was made of", () => {
    const plan = copied();
    expect(JSON.stringify(checkedPlan("plan.json", plan, plan.changes))).toBe(JSON.stringify(PLAN));
    expect(checkedPlan("plan.json", plan, plan.changes).changes.map(({ encoded }) => encoded)).toEqual(
      PLAN.changes.map(({ encoded }) => encoded),
    );
  });

  it.each<[string, string, unknown, string]>([
    [
      "a negative figure",
      "households.after",
      -1,
      "households cannot be -1: it takes a whole number from 0 to 2,147,483,647, or null",
    ],
    ["a figure as text", "households", [1, "2"], 'households cannot be "2": it takes a whole number'],
    ["a figure out of range", "households.after", 2 ** 31, "households cannot be 2147483648"],
    ["an object as text", "notes.after", {}, "notes cannot be an object: it takes text, or null"],
    ["text that no database stores", "notes.after", "a\u0000b", 'notes cannot be "a\\u0000b": it takes text, or null'],
    ["no flag", "is_deleted.after", null, "is_deleted cannot be null: it takes true or false"],
    ["one value", "households", 5, "households needs a value before and a value after, not 5"],
    ["a column of another level", "key_barangays", ["", "x"], 'there is no column "key_barangays"'],
  ])("is refused with %s in a field", (_, path, value, message) => {
    expect(messageWith(`changes.0.fields.${path}`, value)).toContain(`change 1: ${ALUDAS}: ${message}`);
  });

  it.each<[string, string, unknown, string]>([
    [
      "a value of what is not there",
      "changes.0.action",
      "created",
      "households cannot be 1: it takes null, since the unit is not there",
    ],
    ["no fields", "changes.0.fields", null, `change 1: ${ALUDAS}: fields cannot be null`],
    ["another action", "changes.0.action", "constructor", 'change 1: action cannot be "constructor"'],
    ["an id as text", "changes.0.unitId", "7", 'change 1: unitId cannot be "7"'],
    ["no name", "changes.0.name", undefined, "change 1: name cannot be undefined"],
    ["a community of its sync", "changes.0.isSynced", true, `${ALUDAS} is changed by a sync`],
    ["a community of a sync", "command", "sync", `${ALUDAS} is changed by a sync`],
    ["a coverage that its sync does not change", "changes.1.isSynced", false, `${DAMULOG} is changed by no sync`],
    ["coverages without a sync", "sync", null, `${DAMULOG} is changed by no sync`],
    ["no change", "changes.0", null, "change 1: cannot be null"],
    ["a unit twice", "changes.2", copied().changes[0], `${ALUDAS} is changed twice`],
    ["a foreign field", "sync.fields", ["x"], 'sync fields cannot be "x"'],
    ["a foreign scope", "sync.scope", { kind: "toString" }, 'sync scope kind cannot be "toString"'],
    ["a scope without units", "sync.scope.kind", "province", "sync scope units cannot be undefined"],
    ["a foreign command", "command", "watch", 'command cannot be "watch"'],
    ["a revert of nothing", "command", "revert", "reverts cannot be null for revert"],
    ["no database", "database", null, "database cannot be null"],
    ["a file without a name", "file", {}, "file name cannot be undefined"],
    ["a file with a name that no database stores", "file.name", "\ud800", "file name cannot be"],
  ])("is refused with %s", (_, path, value, message) => {
    expect(messageWith(path, value)).toContain(message);
  });

  it("is refused if it is no object", () => {
    expect(messageOf("x", [])).toBe('cannot be "x"');
  });

  it("of an import removes no community", () => {
    const plan = copied();
    plan.changes[0].action = "removed";
    plan.changes[0].fields = {};
    expect(messageOf(plan, plan.changes)).toBe(`${ALUDAS} is removed by an import`);
  });
});
