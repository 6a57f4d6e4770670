/** The columns that a rejects file adds after the original ones. Ignored when that file is imported. */
export const REJECT_COLUMNS = ["row", "column", "code", "message"] as const;

/** Those of a rejects file of several sheets. */
export const REJECT_SHEET_COLUMNS = ["sheet", ...REJECT_COLUMNS] as const;

/** Those of a rejects file that is a workbook: with the reference of each bad cell, such as J8. */
export const REJECT_CELL_COLUMNS = ["row", "cell", "column", "code", "message"] as const;

/** The headings without those that a rejects file adds. */
export function withoutRejectColumns(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const added = [REJECT_CELL_COLUMNS, REJECT_SHEET_COLUMNS, REJECT_COLUMNS].find(
    (columns) => names.slice(-columns.length).join() === columns.join() && names.length > columns.length,
  );
  return cells.slice(0, cells.length - (added?.length ?? 0));
}
