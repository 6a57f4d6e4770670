import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { computedFields } from "../../../src/core/sync/curated-fields.ts";

it("sync computes every field except the curated ones, in the order of the registry", () => {
  expect(computedFields([], "--curated")).toEqual(FIELDS);
  const computed = computedFields(["families", "households"], "--curated");
  expect(computed).toHaveLength(FIELDS.length - 2);
  expect(computed.slice(0, 3)).toEqual(["estimated_obc_population", "total_barangay_population", "children_0_9"]);
});

it("an unknown field is refused with the setting that named it, since a misspelt one would be overwritten", () => {
  expect(() => computedFields(["house_holds", "families", "woman"], "curatedFields")).toThrow(
    "curatedFields: unknown fields house_holds, woman",
  );
});
