/** One cell or row of an imported file that could not be taken, or that is doubtful. */
export interface RowFinding {
  /** As a spreadsheet shows it: the header is row 1. */
  row: number;
  column: string;
  code: string;
  value: string;
  message: string;
  /** What sort of mistake it is; not told for the geography. */
  kind?: string;
  /** Barangays that the row may mean, the likeliest first. */
  candidates?: CandidateSummary[];
}

/** A barangay that a row may mean. */
export interface CandidateSummary {
  code: string;
  barangay: string;
  municipality: string;
  province: string;
  /** From 0, nothing alike, to 1. */
  score: number;
}
