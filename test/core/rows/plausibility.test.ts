import { describe, expect, it } from "vitest";
import type { Field } from "../../../src/core/fields.ts";
import { implausibleFigures } from "../../../src/core/rows/plausibility.ts";

/** Column and message of each warning for a community with these figures; the others are blank. */
function warnings(figures: { [F in Field]?: number }, population: number | null = null) {
  return implausibleFigures((field) => figures[field] ?? null, population).map(({ column, message }) => [
    column,
    message,
  ]);
}

describe("a part above its whole", () => {
  it("is reported with the figure of the whole", () => {
    expect(warnings({ estimated_obc_population: 100, households: 101, pwd_count: 102 })).toEqual([
      ["households", "above estimated_obc_population, which is 100"],
      ["pwd_count", "above estimated_obc_population, which is 100"],
    ]);
  });

  it("is not reported if both are equal, or one of them is blank", () => {
    expect(warnings({ estimated_obc_population: 100, women_count: 100 })).toEqual([]);
    expect(warnings({ women_count: 100 })).toEqual([]);
    expect(warnings({ estimated_obc_population: 100, total_barangay_population: 100 })).toEqual([]);
  });

  it("is reported above a whole of 0", () => {
    expect(warnings({ estimated_obc_population: 0, families: 1 })).toEqual([
      ["families", "above estimated_obc_population, which is 0"],
    ]);
  });
});

describe("age groups", () => {
  it("may add up to the population, or to less, since some may be blank", () => {
    expect(warnings({ estimated_obc_population: 100, children_0_9: 60, adults_31_59: 40 })).toEqual([]);
    expect(warnings({ estimated_obc_population: 100, children_0_9: 60 })).toEqual([]);
  });

  it("are reported together if only their sum exceeds the population", () => {
    expect(warnings({ estimated_obc_population: 1000, children_0_9: 600, adults_31_59: 401 })).toEqual([
      ["estimated_obc_population", "below the sum of the age groups, which is 1,001"],
    ]);
  });

  it("are not reported again if one of them alone exceeds the population", () => {
    expect(warnings({ estimated_obc_population: 1000, children_0_9: 1600, adults_31_59: 401 })).toEqual([
      ["children_0_9", "above estimated_obc_population, which is 1,000"],
    ]);
  });
});

it("a population above the barangay's census population is reported, and one that equals it is not", () => {
  expect(warnings({ estimated_obc_population: 5001 }, 5000)).toEqual([
    ["estimated_obc_population", "above the barangay's census population, which is 5,000"],
  ]);
  expect(warnings({ estimated_obc_population: 5000 }, 5000)).toEqual([]);
});
