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

/** The cell as a string; "" for an empty cell. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "object") return String(cell);
  switch (cell.kind) {
    case "date":
      return cell.iso;
    case "percentage":
      // Without the digits that binary arithmetic adds: 0.07 * 100 is 7.000000000000001.
      return `${Number((cell.share * 100).toPrecision(15))}%`;
    case "error":
      return cell.text;
  }
}

/** A1 for the first cell, AB7 for column 27 of row 7. Columns are counted from 0, rows from 1. */
export function cellReference(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}
