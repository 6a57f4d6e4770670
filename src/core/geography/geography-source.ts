/** The interface between the readers of PSGC files and the geography tree: cells as in the file, not yet validated. */
import type { Geography } from "./geography.ts";

export type SourceCell = string | number | null;

/** One row of PSA's publication datafile; `row` is as a spreadsheet numbers rows. */
export interface GeographySourceRow {
  row: number;
  code: SourceCell;
  name: SourceCell;
  level: SourceCell;
  population: SourceCell;
  /** The unit's former name; absent where the edition has no such column. */
  oldName?: SourceCell;
}

/** The column headings as in the file, for messages. `population` is null where the file has no such column. */
export interface GeographyColumns {
  code: string;
  name: string;
  level: string;
  population: string | null;
}

export interface GeographySource {
  /** Name of the edition, for example "PSGC of 31 July 2025". */
  edition: string;
  columns: GeographyColumns;
  rows: Iterable<GeographySourceRow>;
}

/** A row that was rejected or that the user should check; `message` says what to do. */
export interface GeographyEntry {
  row: number;
  column: string;
  code: string;
  value: string;
  message: string;
}

export interface GeographyTree {
  geography: Geography;
  rejects: GeographyEntry[];
  warnings: GeographyEntry[];
}
