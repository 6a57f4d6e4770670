/** What a file was read as. */
export interface TableSource {
  format: "text" | "ndjson" | WorkbookFormat;
  /** Of a text format, as found in the file or given; null for a workbook. */
  encoding: string | null;
  /** Of delimited text. */
  delimiter: string | null;
  /** Of a workbook: the sheet that is read, and all of its sheets. */
  sheet: string | null;
  sheets: readonly SheetName[];
}

export type WorkbookFormat = "xlsx" | "ods" | "xls";

export interface SheetName {
  name: string;
  hidden: boolean;
}
