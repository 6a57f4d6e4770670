/** The `row` of a finding about a whole column of a file. Its `code` and `value` are empty. */
export const FILE_ROW = 0;

/** A cell, row or column of an imported file that was rejected, or that the user should check. */
export interface RowFinding {
  /** As a spreadsheet numbers rows: the first row of the file is row 1. FILE_ROW for a whole column. */
  row: number;
  /** The sheet that the row is in, where several are read. */
  sheet?: string;
  column: string;
  /** The heading of the column in the file, where it has one other than the column's name. */
  heading?: string;
  /** Reference of the cell in a workbook, such as "J8". */
  cell?: string;
  code: string;
  value: string;
  message: string;
  /** Kind of the finding, by which findings are counted; absent for the geography. */
  kind?: string;
  /** Barangays that the row may refer to, the most similar first. */
  candidates?: CandidateSummary[];
}

/** A barangay that a row may refer to. */
export interface CandidateSummary {
  code: string;
  barangay: string;
  municipality: string;
  province: string;
  /** Similarity of the names, from 0 to 1. */
  score: number;
}
