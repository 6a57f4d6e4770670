import { expect, it } from "vitest";
import { grouped, groupedFixed } from "../../src/core/grouped.ts";

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [-1234567, "-1,234,567"],
  [1234.5678, "1,234.5678"],
  [Number.MAX_SAFE_INTEGER, "9,007,199,254,740,991"],
])("the digits of %d are grouped by thousands", (figure, text) => {
  expect(grouped(figure)).toBe(text);
});

it("has the number of decimals that is asked for", () => {
  expect([groupedFixed(1234.56, 1), groupedFixed(999.96, 1), groupedFixed(5, 1)]).toEqual([
    "1,234.6",
    "1,000.0",
    "5.0",
  ]);
});
