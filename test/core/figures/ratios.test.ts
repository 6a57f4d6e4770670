import { expect, it } from "vitest";
import { RATIO_NAMES, ratioOf } from "../../../src/core/figures/ratios.ts";

const FIGURES = {
  estimated_obc_population: 300,
  total_barangay_population: 1200,
  households: 64,
  women_count: 151,
  children_0_9: 70,
  adolescents_10_14: 20,
  youth_15_30: 90,
  adults_31_59: 90,
  seniors_60_plus: 30,
};

it("has two decimals", () => {
  expect(Object.fromEntries(RATIO_NAMES.map((name) => [name, ratioOf(name, FIGURES)]))).toEqual({
    household_size: 4.69,
    share_of_barangay_population_percent: 25,
    women_percent: 50.33,
    dependency_percent: 66.67,
  });
});

it.each([
  ["the divisor is 0", { households: 0, youth_15_30: 0, adults_31_59: 0 }],
  ["the divisor is blank", { households: null, adults_31_59: null }],
  ["a part of the dividend is blank", { estimated_obc_population: null, children_0_9: null }],
])("is blank where %s", (_, given) => {
  const figures = { ...FIGURES, ...given };
  expect([ratioOf("household_size", figures), ratioOf("dependency_percent", figures)]).toEqual([null, null]);
});

it("is 0 where the dividend is 0", () => {
  expect(ratioOf("women_percent", { ...FIGURES, women_count: 0 })).toBe(0);
});
