import { isHxlRow } from "../figures/hxl-tags.ts";
import { CODE_COLUMN, type ColumnMapping, columnNamed } from "./import-columns.ts";

/** The header must be among the first rows; a title, a date or a note may stand above it. */
const ROWS_LOOKED_AT = 20;

/** The header and a second row of it are among this many rows. */
export const ROWS_FOR_HEADER = ROWS_LOOKED_AT + 1;

export interface FoundHeader {
  cells: string[];
  row: number;
  /** Number of the given rows that are above the data, including the header and a row of HXL tags. */
  rowsAbove: number;
}

/**
 * Finds the header of a table: the first row that has a heading for the barangay and another known heading. A header of
 * two rows, as merged cells produce ("Town" and "Barangay" over both, "Population" over "Women" and "Youth"), is joined
 * into one; a row of HXL tags below it is skipped. Where no row qualifies, the first row is returned, so that an error can list what is missing from it. Null
 * for an empty file.
 */
export function findHeader(
  rows: ReadonlyArray<{ row: number; cells: readonly string[] }>,
  mapping: ColumnMapping,
): FoundHeader | null {
  const first = rows[0];
  if (first === undefined) return null;
  const known = (cell: string) => cell.trim() !== "" && (columnNamed(cell, mapping) ?? null) !== null;
  const namesPlace = (cell: string) => [CODE_COLUMN, "barangay"].includes(columnNamed(cell, mapping) ?? "");
  const index = rows
    .slice(0, ROWS_LOOKED_AT)
    .findIndex(({ cells }) => cells.some(namesPlace) && cells.filter(known).length > 1);
  if (index === -1) return { cells: [...first.cells], row: first.row, rowsAbove: 1 };
  const { row, cells } = rows[index] as { row: number; cells: readonly string[] };
  const below = rows[index + 1]?.cells ?? [];
  const isSecondRow =
    below.some(known) &&
    below.every((cell) => cell.trim() === "" || !/^[\d.,\s-]+$/.test(cell)) &&
    cells.every((cell, column) => !namesPlace(cell) || (below[column] ?? "").trim() === "");
  if (isHxlRow(below)) return { cells: [...cells], row, rowsAbove: index + 2 };
  if (!isSecondRow) return { cells: [...cells], row, rowsAbove: index + 1 };
  const width = Math.max(cells.length, below.length);
  const joined = Array.from({ length: width }, (_, column) => {
    const lower = below[column] ?? "";
    return lower.trim() === "" ? (cells[column] ?? "") : lower;
  });
  return { cells: joined, row, rowsAbove: index + 2 };
}
