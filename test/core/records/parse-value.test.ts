import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommunityValue, parseFigure } from "../../../src/core/records/parse-value.ts";

describe("a figure", () => {
  it.each([
    ["0", 0],
    ["007", 7],
    [" 1234 ", 1234],
    ["1,234", 1234],
    ["1,234,567", 1_234_567],
    ["12.0", 12],
    ["1,234.00", 1234],
    ["2147483647", 2_147_483_647],
    ["", null],
    [" ", null],
    ["-", null],
  ])("%j is %s", (cell, value) => {
    expect(parseFigure(cell)).toEqual({ value, problem: null });
  });

  it.each([
    ["2147483648", "the largest figure is 2,147,483,647"],
    ["99999999999", "too large"],
    ["12.5", "whole number"],
    [".5", "whole number"],
    ["-3", "negative"],
    ["2026-11-24", "a date"],
    ["#REF!", "failed formula"],
    ["(formula without a stored value)", "failed formula"],
    ["abc", "not a number"],
    ["1,23", "not a number"],
    ["12,34,567", "not a number"],
    ["1e3", "not a number"],
    ["0x10", "not a number"],
    ["100%", "a percentage"],
    ["12.5 %", "a percentage"],
  ])("%s is refused", (cell, problem) => {
    expect(parseFigure(cell)).toEqual({ value: null, problem: expect.stringContaining(problem) });
  });

  it("may be larger for a coverage", () => {
    expect(parseFigure("9007199254740991", { max: Number.MAX_SAFE_INTEGER }).value).toBe(9_007_199_254_740_991);
    expect(parseFigure("9007199254740992", { max: Number.MAX_SAFE_INTEGER }).problem).toContain("too large");
  });

  it("is parsed from any way of writing it", () => {
    const padding = fc.stringMatching(/^ {0,2}$/);
    const writing = fc.constantFrom(
      String,
      (figure: number) => figure.toLocaleString("en-US"),
      (figure: number) => `${figure}.0`,
      (figure: number) => `0${figure}`,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_147_483_647 }), writing, padding, (figure, write, pad) => {
        expect(parseFigure(`${pad}${write(figure)}${pad}`)).toEqual({ value: figure, problem: null });
      }),
    );
  });
});

describe("a string", () => {
  it.each([
    [" near the sea ", "near the sea"],
    ["-", "-"],
    ["", null],
    ["Parañaque", "Parañaque"],
  ])("%j is %j", (cell, value) => {
    expect(parseCommunityValue("notes", cell)).toEqual({ value, problem: null });
  });

  it.each([
    ["#N/A", "failed formula"],
    ["a\u0000b", "invalid characters"],
    ["\ud800", "invalid characters"],
  ])("%j is refused", (cell, problem) => {
    expect(parseCommunityValue("notes", cell).problem).toContain(problem);
  });
});

describe("coordinates", () => {
  it.each([
    ["latitude", "8.25", 8.25],
    ["latitude", "-90", -90],
    ["longitude", "124.5", 124.5],
    ["longitude", "+124.50", 124.5],
    ["latitude", "8.", 8],
    ["latitude", " .5 ", 0.5],
    ["longitude", "-", null],
  ])("%s %s is %s", (column, cell, value) => {
    expect(parseCommunityValue(column, cell)).toEqual({ value, problem: null });
  });

  it.each([
    ["latitude", "90.1", "from -90 to 90"],
    ["longitude", "180.5", "from -180 to 180"],
    ["latitude", "8°15'N", "decimal degrees"],
    ["latitude", "0x10", "decimal degrees"],
    // A pattern that tries every split of the digits would take minutes.
    ["latitude", `${"1".repeat(500_000)}e`, "decimal degrees"],
    ["latitude", "0b11", "decimal degrees"],
    ["latitude", "1e1", "decimal degrees"],
    ["longitude", "1.2E+02", "decimal degrees"],
    ["latitude", "800%", "decimal degrees"],
    ["latitude", "8,25", "decimal degrees"],
    ["latitude", "Infinity", "decimal degrees"],
  ])("%s %.20s is refused", (column, cell, problem) => {
    expect(parseCommunityValue(column, cell).problem).toContain(problem);
  });
});
