import { disarmed } from "../../core/disarmed-cell.ts";

/** What a spreadsheet or a parser would split at, or trim. */
const NEEDS_QUOTES = /[",\r\n\ufeff]|^ | $/;

/** Cells as one line of CSV (RFC 4180), without the line break. Cells that a spreadsheet would run are disarmed. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(",");
}

export function csvCell(text: string): string {
  const cell = disarmed(text);
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
