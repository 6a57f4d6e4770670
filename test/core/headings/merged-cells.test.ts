import { expect, it } from "vitest";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { fillMergedTexts, isMeasured, mergedProblem } from "../../../src/core/headings/merged-cells.ts";

const header = readImportHeader(["Province", "Municipality", "Barangay", "HH", "Notes"], 1, {
  file: "list.xlsx",
  mapping: new Map(),
  ignoreUnknown: false,
});

/** A cell of column A to E that is merged over rows 2 to 4. */
function merged(column: number, text: string) {
  return { column, reference: `${"ABCDE"[column]}2`, firstRow: 2, lastRow: 4, text };
}

it("a row gets the places and texts that are merged over it", () => {
  const over = [merged(0, "Bukidnon"), merged(1, "Baungon"), merged(4, "coastal")];
  expect(fillMergedTexts(["", "", "Imbatug", "5"], over, header)).toEqual([
    "Bukidnon",
    "Baungon",
    "Imbatug",
    "5",
    "coastal",
  ]);
});

it("a row gets neither a figure nor the barangay from a merged cell", () => {
  expect(fillMergedTexts(["a", "b", "", ""], [merged(2, "Imbatug"), merged(3, "5")], header)).toEqual([
    "a",
    "b",
    "",
    "",
  ]);
});

it("the row itself is not changed", () => {
  const cells = ["", "", "Imbatug"];
  fillMergedTexts(cells, [merged(0, "Bukidnon")], header);
  expect(cells).toEqual(["", "", "Imbatug"]);
});

it("the message has the reference of the cell and its rows", () => {
  expect(mergedProblem(merged(3, "5"), "give each row its own figure")).toBe(
    "cell D2 is merged over rows 2 to 4; split it and give each row its own figure",
  );
});

it("fields and coordinates are numeric, texts are not", () => {
  expect(["households", "latitude", "notes", "barangay"].filter(isMeasured)).toEqual(["households", "latitude"]);
});
