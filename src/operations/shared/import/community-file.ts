import type { ColumnMapping } from "../../../core/headings/import-columns.ts";
import type { ImportHeader } from "../../../core/headings/import-header.ts";
import type { UnitNames } from "../../../core/headings/unit-headings.ts";
import type { ReadSheets } from "../../../core/records/read-columns.ts";
import type { TableSource } from "../../../core/records/table-source.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import type { InputFile } from "../../../files/open-file.ts";
import type { TableOptions } from "../../../files/table-reader.ts";

/** A file of communities, and how to read it. */
export interface CommunityFileOptions {
  /** .csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl; "-" for standard input. */
  file: string;
  /** Encoding, delimiter and sheet; detected by default. */
  table?: TableOptions | undefined;
  /** The fields of columns with other names; none by default. */
  mapping?: ColumnMapping | undefined;
  /** Whether to ignore unknown columns; false by default. */
  ignoreUnknown?: boolean | undefined;
  /** The names of the region, province or municipality of all rows, where the file has no column for it. */
  place?: UnitNames | undefined;
  /** Whether to read all sheets of a workbook that are not hidden; false by default. */
  allSheets?: boolean | undefined;
  /** Whether to pass over totals, notes and blank rows; true by default. Otherwise they are bad rows. */
  skipTotals?: boolean | undefined;
  /** Texts that stand for an empty cell in a column of numbers, in any case; by default "n/a", "none" and "wala". */
  notAvailable?: readonly string[] | undefined;
}

/** Options whose file can be opened. */
export type Opened<Options extends { file: string }> = Omit<Options, "file"> & { file: InputFile };

/** A communities file whose header has been read. */
export interface CommunityFile {
  /** The positions of the columns; a later batch of NDJSON rows may add columns. */
  header: () => ImportHeader;
  /** The columns that the file may fill, ordered as the header's columns. */
  columns: readonly string[];
  batches: AsyncGenerator<SourceRow[]>;
  /** The headers of all its tables: one, or that of each sheet that is read. */
  headers: () => readonly ImportHeader[];
  /** The header above a row that has been read. */
  headerOf: (row: number) => ImportHeader;
  /** The sheets that are read, where several may be. Their rows are numbered through (see sheet-rows.ts). */
  sheets: ReadSheets | null;
  mayBeShort: boolean;
  isWorkbook: boolean;
  /** Whether later rows may add columns, as in NDJSON. */
  mayAddColumns: boolean;
  source: () => TableSource;
  position: () => { read: number; size: number | null };
}
