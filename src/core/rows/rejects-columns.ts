/** The columns of a rejects file before those that say why: what the file has, and the units around its rows. */

import { CODE_COLUMN, type ColumnMapping, columnNamed, NAME_COLUMNS } from "../headings/import-columns.ts";
import { columnAt, type ImportHeader } from "../headings/import-header.ts";
import { squeezeHeading } from "../headings/known/heading-words.ts";
import { isMeasured } from "../headings/merged-cells.ts";
import { UNIT_COLUMNS, type UnitColumn, type UnitNames } from "../headings/unit-headings.ts";
import type { SourceRow } from "./import-row.ts";

export interface RejectsColumn {
  heading: string;
  /** What an import reads it as; null where it does not import it. */
  column: string | null;
  /** By table of the file, the index of its cell; -1 where the table does not have the column. */
  indexes: readonly number[];
}

const isUnit = (column: string | null): column is UnitColumn => UNIT_COLUMNS.some((unit) => unit === column);

/**
 * The text of a row in a column. An empty cell for a unit that the file names elsewhere gets its name. A cell that is merged
 * over rows has its text in each of them; a figure also says so, so that it is not imported as that of the first row.
 *
 * @param table index of the row's table
 */
export function rejectedCell(
  { column, indexes }: RejectsColumn,
  table: number,
  { cells, merged = [] }: SourceRow,
  around: UnitNames,
): string {
  const index = indexes[table] ?? -1;
  const cell = cells[index] ?? "";
  const shared = column === null ? undefined : merged.find((area) => area.column === index);
  if (shared !== undefined && shared.text.trim() !== "") {
    const { text, firstRow, lastRow } = shared;
    return isMeasured(column as string) ? `${text} (rows ${firstRow} to ${lastRow} together)` : text;
  }
  return cell.trim() === "" && isUnit(column) ? (around[column] ?? cell) : cell;
}

/**
 * The columns of a rejects file. The headings between the rows, the titles and the names of sheets are not in it, so that
 * each unit that they name gets a column.
 *
 * @param headers the headers of the tables whose rows are in it
 * @param around the units that rows got from elsewhere in the file
 */
export function rejectsColumns(
  headers: readonly ImportHeader[],
  around: ReadonlySet<UnitColumn>,
  mapping: ColumnMapping,
): RejectsColumn[] {
  const columns = headers.length === 1 ? ownColumns(headers[0] as ImportHeader) : joinedColumns(headers, mapping);
  const added = UNIT_COLUMNS.filter((unit) => around.has(unit) && !columns.some(({ column }) => column === unit));
  return [...columns, ...added.map((unit) => ({ heading: unit, column: unit, indexes: headers.map(() => -1) }))];
}

function ownColumns(header: ImportHeader): RejectsColumn[] {
  return header.headings.map((heading, index) => ({ heading, column: columnAt(index, header), indexes: [index] }));
}

/**
 * The columns of several tables together, those for one field as one. It has the heading of the file where all tables agree
 * and the heading means the same beside any others, otherwise its name.
 */
function joinedColumns(headers: readonly ImportHeader[], mapping: ColumnMapping): RejectsColumn[] {
  const joined = new Map<string, { column: string | null; headings: string[]; indexes: number[] }>();
  for (const [table, header] of headers.entries()) {
    const unread = new Map<string, number>();
    for (const [index, heading] of header.headings.entries()) {
      const column = columnAt(index, header);
      const squeezed = squeezeHeading(heading);
      // Two columns that are not imported may have one heading, or none.
      const nth = (unread.get(squeezed) ?? 0) + 1;
      if (column === null) unread.set(squeezed, nth);
      const key = column ?? `${squeezed} ${nth}`;
      const found = joined.get(key) ?? { column, headings: [], indexes: headers.map(() => -1) };
      found.headings.push(heading);
      found.indexes[table] = index;
      joined.set(key, found);
    }
  }
  const columns = [...joined.values()].map(({ column, headings, indexes }) => {
    const [first = ""] = headings;
    const agree = headings.every((heading) => squeezeHeading(heading) === squeezeHeading(first));
    const isKept = column === null || (agree && columnNamed(first, mapping) === column);
    return { heading: isKept ? first : column, column, indexes };
  });
  return columns.toSorted((left, right) => rank(left) - rank(right));
}

/** The place first, and what numbers the rows before the figures: after them, "No." would count something. */
function rank({ column }: RejectsColumn): number {
  if (column === null) return 1;
  return [CODE_COLUMN, ...NAME_COLUMNS].some((name) => name === column) ? 0 : 2;
}
