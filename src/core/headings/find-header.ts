import { isField } from "../fields.ts";
import { isHxlRow } from "../figures/hxl-tags.ts";
import { isCountingOnly } from "./heading-words.ts";
import { CODE_COLUMN, type ColumnMapping, columnNamed, meaningOf } from "./import-columns.ts";

/** The header must be among the first rows; a title, a date or a note may stand above it. */
const ROWS_LOOKED_AT = 20;

/** The header and a second row of it are among this many rows. */
export const ROWS_FOR_HEADER = ROWS_LOOKED_AT + 1;

export interface FoundHeader {
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
    return { cells: [...likeliest.cells], row: likeliest.row, rowsAbove: position + 1, lines: [likeliest.cells] };
  }
  const { row, cells } = rows[index] as { row: number; cells: readonly string[] };
  const below = rows[index + 1]?.cells ?? [];
  const isSecondRow =
    below.some((cell) => known(cell) || isCountingOnly(cell)) &&
    below.every((cell) => known(cell) || !/^[\d.,\s-]+$/.test(cell.trim())) &&
    cells.every((cell, column) => !namesPlace(cell) || (below[column] ?? "").trim() === "");
  if (isHxlRow(below)) return { cells: [...cells], row, rowsAbove: index + 2, lines: [cells, below] };
  if (!isSecondRow) return { cells: [...cells], row, rowsAbove: index + 1, lines: [cells] };
  return { cells: joinHeadings(cells, below, mapping), row, rowsAbove: index + 2, lines: [cells, below] };
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

/**
 * Joins the two rows of a header. The lower heading counts, except where it says no more than "No." or "Total", or where
 * the heading above it changes its meaning: "Female" below "Senior Citizens" are not all women.
 */
function joinHeadings(upper: readonly string[], lower: readonly string[], mapping: ColumnMapping): string[] {
  const width = Math.max(upper.length, lower.length);
  let over = "";
  return Array.from({ length: width }, (_, column) => {
    const [above, below] = [(upper[column] ?? "").trim(), (lower[column] ?? "").trim()];
    // A heading is over all columns up to the next one: only the first of merged cells has a text.
    if (above !== "" || below === "") over = above;
    if (below === "") return upper[column] ?? "";
    if (over !== "" && isCountingOnly(below)) return over;
    return narrows(over, below, mapping) ? `${over} ${below}` : (lower[column] ?? "");
  });
}

/** Whether the upper heading names people of whom the lower one counts a part. */
function narrows(upper: string, lower: string, mapping: ColumnMapping): boolean {
  const above = upper === "" ? null : meaningOf(upper, mapping);
  const below = columnNamed(lower, mapping);
  if (above?.kind !== "column" || !isField(above.column) || below === null || below === above.column) return false;
  // Everybody counted in a community is of its population.
  if (above.column === "estimated_obc_population") return false;
  // An age group says by itself which people it counts: "10-14" below "Children".
  return isField(below) && !/\d/.test(lower);
}
