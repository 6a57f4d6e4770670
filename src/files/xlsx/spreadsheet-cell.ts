import type { MergedCell } from "../../core/import/merged-cells.ts";

/**
 * A cell of a workbook as it is stored, before anything is read into it. Text and numbers stay apart, since a PSGC
 * code that became a number has lost its leading zero and one that is text has not.
 */
export type Cell = string | number | boolean | DateCell | ErrorCell | null;

/** A number that the workbook shows as a date or a time; `iso` is what it shows, without a time zone. */
export interface DateCell {
  kind: "date";
  /** Days since the workbook's epoch, as stored. */
  serial: number;
  iso: string;
}

/** "#REF!" and its like, or a formula whose result the workbook does not hold. */
export interface ErrorCell {
  kind: "error";
  text: string;
}

export interface SheetRow {
  /** The number that the spreadsheet shows beside the row. */
  row: number;
  /** By column, A first; a cell that is not there is null. */
  cells: Cell[];
  hidden: boolean;
  /** Cells merged over this row and others, the first of them included; absent where there is none. */
  merged?: readonly MergedCell[];
}

/** A cell's text for messages and for columns that hold text; "" for an empty cell. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "object") return String(cell);
  return cell.kind === "date" ? cell.iso : cell.text;
}

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The date cell for a serial day. Day 0 is 1899-12-30 in the usual epoch, which is right from March 1900 on (Excel
 * counts a 29 February 1900 that never was), and 1904-01-01 in that of old Macintosh workbooks.
 */
export function dateCell(serial: number, epoch1904: boolean): DateCell | ErrorCell {
  const epoch = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + Math.round(serial * MILLISECONDS_PER_DAY));
  if (Number.isNaN(date.getTime())) return { kind: "error", text: `(no date: ${serial})` };
  const iso = date.toISOString();
  return { kind: "date", serial, iso: Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19) };
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
