/** What a reader of a PSGC file hands to the geography tree: cells as they stand in the file, nothing judged yet. */
import type { Geography } from "./geography.ts";

export type SourceCell = string | number | null;

/** One row of PSA's publication datafile; `row` is the number that a spreadsheet shows. */
export interface GeographySourceRow {
  row: number;
  code: SourceCell;
  name: SourceCell;
  level: SourceCell;
  population: SourceCell;
  /** The name that the unit had before; editions without such a column leave it out. */
  oldName?: SourceCell;
}

/** The file's own column headings, so that a message names what the reader sees; population null where it has none. */
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

/** A row that was left out, or one worth a look; `message` says what to do. */
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
