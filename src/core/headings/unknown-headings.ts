import { findHeader } from "./find-header.ts";
import type { ColumnMapping } from "./import-columns.ts";
import { suggestForUnknown } from "./suggest-columns.ts";
import { understandHeader } from "./understood-headings.ts";

/** A heading that no column corresponds to. */
export interface UnknownHeading {
  heading: string;
  /** The columns that it may mean, the likeliest first. */
  columns: string[];
  /** The first values of the column. */
  samples: string[];
}

const SAMPLES = 3;

/**
 * @param rows the first rows of a file
 * @param keys the names of the columns of NDJSON; null where the header is one of the rows
 */
export function unknownHeadings(
  rows: ReadonlyArray<{ row: number; cells: readonly string[] }>,
  keys: readonly string[] | null,
  mapping: ColumnMapping,
): UnknownHeading[] {
  const found = keys === null ? findHeader(rows, mapping) : null;
  const headings = keys ?? found?.cells ?? [];
  const data = rows.slice(found?.rowsAbove ?? 0);
  return suggestForUnknown(understandHeader(headings, mapping)).map(({ heading, columns }) => {
    const index = headings.indexOf(heading);
    const values = data.map(({ cells }) => (cells[index] ?? "").trim()).filter((value) => value !== "");
    return { heading, columns, samples: values.slice(0, SAMPLES) };
  });
}
