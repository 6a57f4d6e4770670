import type { MergedCell } from "../../core/headings/merged-cells.ts";
import type { Cell, DateCell, ErrorCell } from "../../core/rows/sheet-cell.ts";

export interface SheetRow {
  /** The row number that the spreadsheet shows. */
  row: number;
  /** One for each column from A; null where there is none. */
  cells: Cell[];
  hidden: boolean;
  /** The merged cells that span this row, on their first row as well; absent where there is none. */
  merged?: readonly MergedCell[];
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
