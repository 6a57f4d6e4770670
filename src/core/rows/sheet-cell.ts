import { columnLetters } from "../headings/column-letters.ts";

/**
 * A cell of a workbook as stored, without interpretation. Strings and numbers are kept apart, because a PSGC code
 * stored as a number has lost its leading zero.
 */
export type Cell = string | number | boolean | DateCell | PercentageCell | ErrorCell | null;

/** A number that the workbook displays as a date or time; `iso` is the displayed value, without a time zone. */
export interface DateCell {
  kind: "date";
  /** Days since the workbook's epoch, as stored. */
  serial: number;
  iso: string;
}

/** A number that the workbook displays as a percentage: a share of 1 is shown as 100 %. */
export interface PercentageCell {
  kind: "percentage";
  share: number;
}

/** An error such as "#REF!", or a formula without a stored result. */
export interface ErrorCell {
  kind: "error";
  text: string;
}

/** The cell as a string, as a spreadsheet program shows it; "" for an empty cell. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(shownNumber(cell));
  if (typeof cell !== "object") return String(cell);
  switch (cell.kind) {
    case "date":
      return cell.iso;
    case "percentage":
      return `${shownNumber(cell.share * 100)}%`;
    case "error":
      return cell.text;
  }
}

/**
 * The number with 15 digits, as many as spreadsheet programs show: without those that binary arithmetic adds. 0.1*3*10 is
 * stored as 3.0000000000000004.
 */
function shownNumber(number: number): number {
  return Number.isInteger(number) ? number : Number(number.toPrecision(15));
}

/** A1 for the first cell, AB7 for column 27 of row 7. Columns are counted from 0, rows from 1. */
export function cellReference(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}
