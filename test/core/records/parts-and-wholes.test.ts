import { expect, it } from "vitest";
import { AGE_GROUPS, FIELDS } from "../../../src/core/fields.ts";
import { PARTS_AND_WHOLES } from "../../../src/core/records/parts-and-wholes.ts";

const ofPopulation = PARTS_AND_WHOLES.filter(([, whole]) => whole === "estimated_obc_population").map(([part]) => part);

it("every age group, and women and households, are parts of the population", () => {
  expect(ofPopulation).toEqual(expect.arrayContaining([...AGE_GROUPS, "women_count", "households"]));
});

it("the population is a part of the barangay's", () => {
  expect(PARTS_AND_WHOLES).toContainEqual(["estimated_obc_population", "total_barangay_population"]);
});

it("each part is listed once, ordered as the fields are", () => {
  expect(ofPopulation).toEqual(FIELDS.filter((field) => ofPopulation.includes(field)));
  expect(new Set(PARTS_AND_WHOLES.map(([part]) => part)).size).toBe(PARTS_AND_WHOLES.length);
});
