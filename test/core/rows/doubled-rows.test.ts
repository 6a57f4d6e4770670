import { expect, it } from "vitest";
import { DoubledRows } from "../../../src/core/rows/doubled-rows.ts";

it("the finding for the first row of a duplicate barangay lists all of its rows, and the others name the first", () => {
  const doubled = new DoubledRows();
  doubled.add(0, "1001301001", 2, 5);
  doubled.add(0, "1001301001", 2, 9);
  expect(doubled.findingOf(0, 2)).toEqual({
    row: 2,
    column: "barangay_code",
    code: "1001301001",
    value: "1001301001",
    message: "rows 2, 5, 9 have the same barangay; keep one of them",
    kind: "doubled",
  });
  expect(doubled.findingOf(0, 5)).toMatchObject({ row: 5, message: "row 2 has the same barangay; keep one of them" });
  expect(doubled.findingOf(1, 3)).toBeNull();
});

it("at most five rows are listed, and the others are counted", () => {
  const doubled = new DoubledRows();
  for (const row of [3, 4, 5, 6, 7, 8]) doubled.add(0, "1001301001", 2, row);
  expect(doubled.findingOf(0, 2)?.message).toMatch(/^rows 2, 3, 4, 5, 6 and 2 more have /);
});

it("the first row of each such barangay is found afterwards", () => {
  const doubled = new DoubledRows();
  doubled.add(0, "1001301001", 2, 5);
  doubled.add(4, "1001301005", 3, 6);
  expect(doubled.firstFindings().map(({ row, code }) => [row, code])).toEqual([
    [2, "1001301001"],
    [3, "1001301005"],
  ]);
});
