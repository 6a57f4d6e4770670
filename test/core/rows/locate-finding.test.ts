import { expect, it } from "vitest";
import { readImportHeader } from "../../../src/core/headings/import-header.ts";
import { locateFinding } from "../../../src/core/rows/locate-finding.ts";
import { ROWS_OF_A_SHEET } from "../../../src/core/rows/sheet-rows.ts";

const headings = [...Array.from({ length: 26 }, (_, index) => `x${index}`), "Bayan", "Barangay", "No. of HHs"];
const header = readImportHeader(headings, 1, {
  file: "list.xlsx",
  mapping: new Map(),
  ignoreUnknown: true,
  isPlaced: true,
});

function located(column: string, row: number, isWorkbook: boolean) {
  const { heading, cell } = locateFinding({ row, column, code: "", value: "", message: "" }, () => header, {
    isWorkbook,
    sheets: null,
  });
  return { heading, cell };
}

it("a finding has the heading of the file where it is not the column's name, and the cell in a workbook", () => {
  expect(located("households", 8, true)).toEqual({ heading: "No. of HHs", cell: "AC8" });
  expect(located("households", 8, false)).toEqual({ heading: "No. of HHs", cell: undefined });
  expect(located("barangay", 8, true)).toEqual({ heading: undefined, cell: "AB8" });
  expect(located("municipality", 0, true)).toEqual({ heading: "Bayan", cell: undefined });
  expect(located("families", 8, true)).toEqual({ heading: undefined, cell: undefined });
  expect(located("", 8, true)).toEqual({ heading: undefined, cell: undefined });
});

it("a finding in one of several sheets has the row and the name of the sheet", () => {
  const finding = { row: ROWS_OF_A_SHEET + 5, column: "households", code: "", value: "", message: "" };
  expect(locateFinding(finding, () => header, { isWorkbook: true, sheets: ["Damulog", "Kibawe"] })).toMatchObject({
    ...{ row: 5, sheet: "Kibawe", cell: "AC5" },
  });
});
