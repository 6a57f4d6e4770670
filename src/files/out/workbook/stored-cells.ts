import { CODE_COLUMN } from "../../../core/headings/import-columns.ts";
import { type Cell, cellText } from "../../../core/rows/sheet-cell.ts";
import type { FormCell } from "./form-sheet.ts";
import { STYLE } from "./xlsx-parts.ts";

/**
 * A cell of a file as it was there: a number, a date or a percentage of a workbook stays one. Everything else is text.
 *
 * @param text as the import read it, which differs where a merged cell above applies
 * @param stored as the workbook has it; undefined for a file that is none
 * @param column what it is read as
 */
export function storedCell(text: string, stored: Cell | undefined, column: string | null): FormCell | null {
  if (stored === undefined || stored === null || cellText(stored) !== text) {
    return text === "" ? null : { value: text, style: STYLE.text };
  }
  return { value: stored, style: styleOf(stored, column) };
}

function styleOf(cell: Cell, column: string | null): number {
  // A code that is a number has lost its leading zero, but a spreadsheet shows it with this format.
  if (typeof cell === "number") return column === CODE_COLUMN ? STYLE.code : STYLE.plain;
  if (cell === null || typeof cell !== "object") return typeof cell === "string" ? STYLE.text : STYLE.plain;
  switch (cell.kind) {
    case "date":
      return Number.isInteger(cell.serial) ? STYLE.date : STYLE.dateTime;
    case "percentage":
      return Number.isInteger(Number((cell.share * 100).toPrecision(15))) ? STYLE.percentage : STYLE.partPercentage;
    case "error":
      return STYLE.text;
  }
}
