import { isHxlRow } from "../figures/hxl-tags.ts";
import { CODE_COLUMN, type ColumnMapping, columnNamed } from "./import-columns.ts";
import { joinHeadings } from "./join-headings.ts";
import { isCountingOnly } from "./known/heading-words.ts";

/** The header must be among the first rows; a title, a date or a note may stand above it. */
const ROWS_LOOKED_AT = 20;

/** The header and a second row of it are among this many rows. */
export const ROWS_FOR_HEADER = ROWS_LOOKED_AT + 1;

export interface FoundHeader {
  /** Whether it qualifies; otherwise it is the row that may be meant as the header. */
  isHeader: boolean;
  cells: string[];
  row: number;
  /** Number of the given rows that are above the data, including the header and a row of HXL tags. */
  rowsAbove: number;
  /** The rows of the header as in the file. */
  lines: ReadonlyArray<readonly string[]>;
}

/**
 * Finds the header of a table: the first row that has a heading for the barangay and another known heading. A header of
 * two rows, as merged cells produce ("Town" and "Barangay" over both, "Population" over "Women" and "Youth"), is joined
 * into one; a row of HXL tags below it is skipped. Where no row qualifies, the one with the most known headings is returned,
 * or the first, so that an error can list what is missing from it. Null for an empty file.
 */
export function findHeader(
  rows: ReadonlyArray<{ row: number; cells: readonly string[] }>,
  mapping: ColumnMapping,
): FoundHeader | null {
  const first = rows[0];
  if (first === undefined) return null;
  const known = (cell: string) => cell.trim() !== "" && columnNamed(cell, mapping) !== null;
  const namesPlace = (cell: string) => [CODE_COLUMN, "barangay"].includes(columnNamed(cell, mapping) ?? "");
  const index = headerIndex(rows, mapping);
  if (index === -1) {
    const [position, likeliest] = likeliestHeader(rows, known) ?? [0, first];
    const { row, cells } = likeliest;
    return { isHeader: false, cells: [...cells], row, rowsAbove: position + 1, lines: [cells] };
  }
  const { row, cells } = rows[index] as { row: number; cells: readonly string[] };
  const below = rows[index + 1]?.cells ?? [];
  const isSecondRow =
    below.some((cell) => known(cell) || isCountingOnly(cell)) &&
    below.every((cell) => known(cell) || !/^[\d.,\s-]+$/.test(cell.trim())) &&
    cells.every((cell, column) => !namesPlace(cell) || (below[column] ?? "").trim() === "");
  const found = { isHeader: true, cells: [...cells], row };
  if (isHxlRow(below)) return { ...found, rowsAbove: index + 2, lines: [cells, below] };
  if (!isSecondRow) return { ...found, rowsAbove: index + 1, lines: [cells] };
  return { ...found, cells: joinHeadings(cells, below, mapping), rowsAbove: index + 2, lines: [cells, below] };
}

/** What a user should know about a header that was taken for one only because no row qualifies. */
export function uncertainHeaderHint({ isHeader, row }: FoundHeader): string | null {
  if (isHeader) return null;
  return `None of the first ${ROWS_LOOKED_AT} rows has a heading for the barangay and another known one: row ${row} was taken for the header.`;
}

/** Whether any of the first rows qualifies as the header. */
export function hasHeader(rows: ReadonlyArray<{ cells: readonly string[] }>, mapping: ColumnMapping): boolean {
  return headerIndex(rows, mapping) !== -1;
}

/** Whether any of the first rows has a heading for the barangay and other texts, none of which is a known heading. */
export function hasBarangayHeading(rows: ReadonlyArray<{ cells: readonly string[] }>, mapping: ColumnMapping): boolean {
  return rows.slice(0, ROWS_LOOKED_AT).some(({ cells }) => {
    const texts = cells.filter((cell) => cell.trim() !== "");
    return (
      texts.length > 1 && texts.some((cell) => [CODE_COLUMN, "barangay"].includes(columnNamed(cell, mapping) ?? ""))
    );
  });
}

/** The row with the most known headings, where it has several. */
function likeliestHeader<Row extends { cells: readonly string[] }>(
  rows: readonly Row[],
  known: (cell: string) => boolean,
): [position: number, row: Row] | undefined {
  const counted = rows
    .slice(0, ROWS_LOOKED_AT)
    .map((row, position) => ({ row, position, count: row.cells.filter(known).length }));
  const best = counted.toSorted((left, right) => right.count - left.count)[0];
  return best === undefined || best.count < 2 ? undefined : [best.position, best.row];
}

function headerIndex(rows: ReadonlyArray<{ cells: readonly string[] }>, mapping: ColumnMapping): number {
  return rows.slice(0, ROWS_LOOKED_AT).findIndex(({ cells }) => {
    const columns = cells.map((cell) => (cell.trim() === "" ? null : columnNamed(cell, mapping)));
    const namesPlace = columns.includes(CODE_COLUMN) || columns.includes("barangay");
    return namesPlace && columns.filter((column) => column !== null).length > 1;
  });
}
