import { expect, it } from "vitest";
import { StoredChange } from "../../../src/core/runs/stored-change.ts";
import { encodeFields } from "../../../src/core/runs/trail-columns.ts";

const unit = { level: "community", unitId: 7, code: "1001302001", name: "Aludas", parent: "Damulog" } as const;
const fields = { households: { before: 1, after: 2 }, notes: { before: null, after: "x" } };
const change = new StoredChange({ ...unit, province: "Bukidnon", action: "updated" }, encodeFields("updated", fields));

it("a stored change is plain data: a clone, a copy and JSON of it have its values", () => {
  const plain = { ...unit, province: "Bukidnon", action: "updated", isSynced: false, fields };
  expect(structuredClone(change)).toEqual(plain);
  expect({ ...change }).toEqual(plain);
  expect(JSON.parse(JSON.stringify(change))).toEqual(plain);
  expect(structuredClone(change.reversed())).toEqual({
    ...plain,
    fields: { households: { before: 2, after: 1 }, notes: { before: "x", after: null } },
  });
});

it("a stored change takes another form of every name and text", () => {
  expect({ ...change.withTexts((text) => text.toUpperCase()) }).toMatchObject({
    name: "ALUDAS",
    province: "BUKIDNON",
    fields: { households: { before: 1, after: 2 }, notes: { before: null, after: "X" } },
  });
});
