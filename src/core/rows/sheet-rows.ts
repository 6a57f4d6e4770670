/**
 * Rows of several sheets are numbered through, so that a number means one row: those of the second sheet follow after the
 * last row that the first could have.
 */

/** More rows than a sheet of any spreadsheet program has. */
export const ROWS_OF_A_SHEET = 2 ** 21;

/** Row numbers fit into 31 bits. */
export const MAX_SHEETS = 1_000;

/** A row as the spreadsheet shows it. */
export interface SheetRowPlace {
  row: number;
  /** Null where the file has one table only. */
  sheet: string | null;
}

/** Where a row is. The argument is null for a file with one table. */
export function placeOfRow(row: number, sheets: readonly string[] | null): SheetRowPlace {
  if (sheets === null) return { row, sheet: null };
  return { row: row % ROWS_OF_A_SHEET, sheet: sheets[tableOfRow(row, sheets)] ?? null };
}

/** Index of the table that a row is in: of its sheet, where several are read. */
export function tableOfRow(row: number, sheets: readonly string[] | null): number {
  return sheets === null ? 0 : Math.floor(row / ROWS_OF_A_SHEET);
}

/** Something about a row, with the row as the spreadsheet shows it. */
export function placedInSheet<About extends { row: number; sheet?: string }>(
  about: About,
  sheets: readonly string[] | null,
): About {
  const { row, sheet } = placeOfRow(about.row, sheets);
  return sheet === null ? about : { ...about, row, sheet };
}

/** "5", or "5 of Damulog". */
export function describeRow(row: number, sheets: readonly string[] | null): string {
  const { row: shown, sheet } = placeOfRow(row, sheets);
  return sheet === null ? String(shown) : `${shown} of ${sheet}`;
}
