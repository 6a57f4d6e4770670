import { InputError } from "../core/errors.ts";
import { grouped } from "../core/grouped.ts";
import type { MergedCell } from "../core/headings/merged-cells.ts";
import type { Cell } from "../core/rows/sheet-cell.ts";

/** A row of a table file. `row` is as a spreadsheet numbers rows: the first row is 1, and blank rows count. */
export interface TableRow {
  row: number;
  cells: string[];
  /** Why the row could not be read; `cells` then holds its text. */
  problem?: string;
  /** The cells of a workbook as they are stored. */
  stored?: readonly Cell[];
  /** Merged cells of a workbook that span this row and others. */
  merged?: readonly MergedCell[];
}

/**
 * Maximum length of a record in characters. Without it, a file without line breaks or with an unclosed quote would be
 * read into memory as a whole.
 */
export const MAX_RECORD_LENGTH = 1024 * 1024;

/** Maximum number of cells in a row. */
export const MAX_COLUMNS = 2000;

/** @param where names the file, and the sheet of a workbook */
export function tooManyColumns(where: string, row: number, columns: number): InputError {
  return new InputError(
    `${where}, row ${row}: ${grouped(columns)} columns exceed the limit of ${grouped(MAX_COLUMNS)}`,
    "Remove the columns that are not to be imported.",
  );
}

/** The delimiters that a text table may use. */
export type Delimiter = "," | ";" | "\t" | "|";

export const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

/** What is found out about a text while it is read; null before. */
export interface TextFacts {
  encoding: string | null;
  delimiter: Delimiter | null;
}
