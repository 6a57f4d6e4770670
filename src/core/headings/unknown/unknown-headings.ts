import { findHeader } from "../find-header.ts";
import type { ColumnMapping } from "../import-columns.ts";
import { understandHeader } from "../understood-headings.ts";
import { suggestForUnknown } from "./suggest-columns.ts";

/** A heading that no column corresponds to. */
export interface UnknownHeading {
  heading: string;
  /** The columns that it may mean, the likeliest first. */
  columns: string[];
  /** The first sheet that has it, where several are read. */
  sheet: string | null;
  /** The columns that the other headings of its table mean. */
  taken: string[];
  /** The first different values of the column. */
  samples: string[];
}

const SAMPLES = 3;

/**
 * @param rows the first rows of a file
 * @param keys the names of the columns of NDJSON; null where the header is one of the rows
 * @param isTotal whether a row is a total, whose figures are no samples
 */
export function unknownHeadings(
  rows: ReadonlyArray<{ row: number; cells: readonly string[] }>,
  keys: readonly string[] | null,
  mapping: ColumnMapping,
  isTotal: (cells: readonly string[]) => boolean,
): Array<Omit<UnknownHeading, "sheet">> {
  const found = keys === null ? findHeader(rows, mapping) : null;
  const headings = keys ?? found?.cells ?? [];
  const data = rows.slice(found?.rowsAbove ?? 0).filter(({ cells }) => !isTotal(cells));
  const understood = understandHeader(headings, mapping);
  const taken = understood.names.filter((name) => typeof name === "string" && name !== "") as string[];
  return suggestForUnknown(understood).map(({ heading, columns }) => {
    const index = headings.indexOf(heading);
    const values = data.map(({ cells }) => (cells[index] ?? "").trim()).filter((value) => value !== "");
    return { heading, columns, taken, samples: [...new Set(values)].slice(0, SAMPLES) };
  });
}
