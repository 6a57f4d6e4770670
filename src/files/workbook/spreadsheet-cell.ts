import type { MergedCell } from "../../core/import/merged-cells.ts";
import { columnLetters } from "../../core/import/table-source.ts";

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

export interface SheetRow {
  /** The row number that the spreadsheet shows. */
  row: number;
  /** One for each column from A; null where there is none. */
  cells: Cell[];
  hidden: boolean;
  /** The merged cells that span this row, on their first row as well; absent where there is none. */
  merged?: readonly MergedCell[];
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

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The date cell for a serial day number. Day 0 is 1899-12-30, which is correct from March 1900 on, since Excel counts a
 * 29 February 1900 that did not exist; or 1904-01-01 in workbooks of old Macintosh programs.
 */
export function dateCell(serial: number, epoch1904: boolean): DateCell | ErrorCell {
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + Math.round(serial * MILLISECONDS_PER_DAY));
  if (Number.isNaN(date.getTime())) return { kind: "error", text: `(no date: ${serial})` };
  const iso = date.toISOString();
  return { kind: "date", serial, iso: Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19) };
}

/** A1 for the first cell, AB7 for column 27 of row 7. Columns are counted from 0, rows from 1. */
export function cellReference(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}

/** 0 for A1, 27 for AB7. */
export function columnIndex(reference: string): number {
  let index = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) & 0xdf) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return index - 1;
}
