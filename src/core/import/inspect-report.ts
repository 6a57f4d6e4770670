import type { PassedRows } from "../records/passed-rows.ts";
import type { ReadSheets } from "../records/read-columns.ts";
import type { TableSource } from "../records/table-source.ts";
import type { RowFinding } from "../rows/row-finding.ts";
import type { ColumnProfile } from "./column-profile.ts";

/** What an import of a file would read, and what it would reject. */
export interface InspectReport extends InspectedTable {
  command: "inspect";
  file: string;
  source: TableSource;
  /** The sheets that were read (--all-sheets); otherwise null. */
  sheets: ReadSheets | null;
  /**
   * With --all-sheets, what each sheet that was read holds. Otherwise it is empty: the report itself has what the only table
   * holds. With several sheets, the report has their rows together, and no columns.
   */
  tables: Array<InspectedTable & { sheet: string }>;
  /** Good rows that name a barangay and have no value. */
  withoutValues: number;
  /** Totals, notes and the like, which are none of the rows. */
  passedOver: PassedRows;
  /** Why an import would refuse the whole file. */
  problems: Array<{ message: string; hint: string }>;
  /** The first rows of a file that is refused without looking at the rows. */
  preview: Array<{ row: number; cells: string[] }>;
  /** Rows that an import would reject, and the findings about them, as of an import. */
  rejected: number;
  rejects: RowFinding[];
  rejectKinds: Record<string, number>;
  warnings: RowFinding[];
  warningKinds: Record<string, number>;
  /** Why barangays, rows that name one twice, and totals between the rows were not checked; null where they were. */
  placesUnchecked: string | null;
  durationMs: number;
}

/** What a table holds. */
export interface InspectedTable {
  /** Row number of the header, or of the row that an import takes for it; 0 for JSON lines; null for several sheets. */
  headerRow: number | null;
  /** The columns, ordered as in the file. */
  columns: ColumnProfile[];
  /** Rows below the header that are communities, and the first and the last of them. */
  rows: number;
  firstRow: number | null;
  lastRow: number | null;
}
