/** Rows of a file that are no community: they are passed over, counted and listed. */

/**
 * total: the sums of other rows; note: a text about the list, or who signed it; heading: the place of the rows below, or
 * the header again; blank: a row with neither a barangay nor a figure.
 */
export type PassedKind = "total" | "note" | "heading" | "blank";

export interface PassedRow {
  row: number;
  /** The sheet that the row is in, where several are read. */
  sheet?: string;
  kind: PassedKind;
  /** The first text of the row. */
  text: string;
}

/** The rows that were passed over. */
export interface PassedRows {
  counts: Record<PassedKind, number>;
  /** The first 1,000 of them. */
  rows: PassedRow[];
}

const MAX_LISTED = 1_000;

export function noPassedRows(): PassedRows {
  return { counts: { total: 0, note: 0, heading: 0, blank: 0 }, rows: [] };
}

export function addPassed({ counts, rows }: PassedRows, passed: PassedRow): void {
  counts[passed.kind] += 1;
  if (rows.length < MAX_LISTED) rows.push(passed);
}
