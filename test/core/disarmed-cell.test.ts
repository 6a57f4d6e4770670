import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disarmed, rearmed } from "../../src/core/disarmed-cell.ts";

describe("a cell that would be a formula", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ["+63 917 123 4567", "'+63 917 123 4567"],
    ["-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\rx", "'\rx"],
    [" =1", "' =1"],
    ["＝1", "'＝1"],
    ["'=1", "''=1"],
    ["''-x", "'''-x"],
  ])("%j is disarmed as %j, and rearmed", (cell, text) => {
    expect(disarmed(cell)).toBe(text);
    expect(rearmed(text)).toBe(cell);
  });
});

it.each(["", "-", "-3", "+3", "-1,234.50", "-.5", "-5%", " -3 ", "12", "Barangay 3-A", "a=b", "'Iraq", "'", "0917"])(
  "%j is no formula and stays readable",
  (cell) => {
    expect(disarmed(cell)).toBe(cell);
    expect(rearmed(cell)).toBe(cell);
  },
);

it("any cell is what it was after it was disarmed and rearmed, and begins no formula between", () => {
  const cell = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom("'", "=", "-", "+", "@", " ", "\t", "\r", "\n", "3", ".", ",", "%", "a"))
      .map((all) => all.join("")),
  );
  fc.assert(
    fc.property(cell, (original) => {
      const text = disarmed(original);
      expect(rearmed(text)).toBe(original);
      if (/^\s*[=+\-@]/.test(text)) expect(text.trim()).toMatch(/^[+-][\d.,]*%?$/);
    }),
    { numRuns: 5_000 },
  );
});

// Quadratic, this would take longer than the time that a test has.
it("a cell of a million characters is read in linear time", () => {
  for (const cell of [`-${"1".repeat(1e6)}x`, "'".repeat(1e6), " ".repeat(1e6), `-${"1,".repeat(5e5)}x`]) {
    expect(rearmed(disarmed(cell))).toBe(cell);
  }
});
