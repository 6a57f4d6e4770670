import { expect, it } from "vitest";
import { classOf, quantileClasses } from "../../../src/core/overview/quantile-classes.ts";

it("makes classes of about as many values each", () => {
  const values = Array.from({ length: 118 }, (_, index) => index * 10);
  const classes = quantileClasses(values);
  expect(classes.map(({ count }) => count)).toEqual([24, 24, 23, 24, 23]);
  expect(classes[0]).toEqual({ from: 0, to: 230, count: 24 });
  expect(classes.at(-1)?.to).toBe(1170);
});

it("keeps equal values together, and makes fewer classes of fewer values", () => {
  expect(quantileClasses([5, 5, 5, 5, 5, 5, 5, 9])).toEqual([
    { from: 5, to: 5, count: 7 },
    { from: 9, to: 9, count: 1 },
  ]);
  expect(quantileClasses([3, 1]).map(({ from }) => from)).toEqual([1, 3]);
  expect(quantileClasses([])).toEqual([]);
});

it("finds the class of a value", () => {
  const classes = quantileClasses([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect([1, 2, 3, 10].map((value) => classOf(value, classes))).toEqual([0, 0, 1, 4]);
});
