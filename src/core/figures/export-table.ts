import type { UnitValue } from "../sync/unit-change.ts";
import type { FigureColumn } from "./figure-columns.ts";
import type { FigureRow } from "./figure-row.ts";

/** Rows with the columns to show of them: one sheet of a workbook, or a file of another format. */
export interface ExportTable {
  title: string;
  columns: readonly FigureColumn[];
  rows: AsyncIterable<FigureRow>;
}

/** What a format could not hold as it is. */
export interface ExportLosses {
  /** Texts of which control characters were written as escapes. */
  escaped: number;
  /** Texts that were cut off at the end. */
  cut: number;
}

/** The values of a row by column name. */
export function recordOf(columns: readonly FigureColumn[], row: FigureRow): Record<string, UnitValue> {
  const record: Record<string, UnitValue> = {};
  for (const { name, read } of columns) record[name] = read(row);
  return record;
}
