import type { MergedCell } from "../core/import/merged-cells.ts";

/** A row of a table file. `row` is what a spreadsheet shows: the first is row 1, blank rows count. */
export interface TableRow {
  row: number;
  cells: string[];
  /** Why nothing can be made of the row; its cells are then what it holds as text. */
  problem?: string;
  /** Cells of a workbook that are merged over this row and others. */
  merged?: readonly MergedCell[];
}

/**
 * Longest record that is read, in characters. A file whose lines never end, or in which a quote is never closed,
 * would otherwise be gathered in memory whole.
 */
export const MAX_RECORD_LENGTH = 1024 * 1024;

/** Widest row that is read. */
export const MAX_COLUMNS = 2000;

/** What stands between the cells of a text table. */
export const DELIMITERS = [",", ";", "\t", "|"] as const;

export type Delimiter = (typeof DELIMITERS)[number];
