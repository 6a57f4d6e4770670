import type { PassedKind, PassedRow } from "../../records/passed-rows.ts";
import type { ImportRow, SourceRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";

/** A row of a file: a community, or passed over. */
export type SiftedRow = { passed: null; parsed: ImportRow } | PassedOver;

/** A row that is no community. */
export interface PassedOver {
  passed: PassedRow;
  /** Totals that differ from the rows. */
  warnings: RowFinding[];
}

export function passedOver({ row }: SourceRow, kind: PassedKind, text: string): PassedOver {
  return { passed: { row, kind, text: text.trim().slice(0, 100) }, warnings: [] };
}
