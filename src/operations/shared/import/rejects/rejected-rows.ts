import type { UnitNames } from "../../../../core/headings/unit-headings.ts";
import type { SourceRow } from "../../../../core/rows/import-row.ts";
import type { RowFinding } from "../../../../core/rows/row-finding.ts";
import { tableOfRow } from "../../../../core/rows/sheet-rows.ts";
import { throwIfInterrupted } from "../../../../db/transaction/transaction.ts";
import type { CommunityFile } from "../community-file.ts";
import type { StagedFile } from "../staged-file.ts";

/** A bad row of the file, and why it is bad. */
export interface RejectedRow {
  source: SourceRow;
  /** Index of its table: of its sheet, where several are read. */
  table: number;
  /** The units that the file names elsewhere than in the row. */
  around: UnitNames;
  findings: readonly RowFinding[];
}

/** Reads a file again, with the checker that has read it before. All rows of a batch are of one table. */
export async function* rejectedRows(
  communities: CommunityFile,
  staged: StagedFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<RejectedRow[]> {
  staged.checker.startOver();
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    const rejected: RejectedRow[] = [];
    for (const source of batch) {
      const { findings, position, around } = staged.checker.check(source, communities.header());
      const doubled = position === -1 ? null : staged.doubled.findingOf(position, source.row);
      const found = doubled === null ? findings : [...findings, doubled];
      const table = tableOfRow(source.row, communities.sheets?.read ?? null);
      if (found.length > 0) rejected.push({ source, table, around, findings: found });
      if (source.row === staged.stoppedAtRow) {
        yield rejected;
        return;
      }
    }
    yield rejected;
  }
}

/** Why a row is bad, in the columns that a rejects file has for it. */
export function reasonOf(findings: readonly RowFinding[]): { columns: string; code: string; message: string } {
  const columns = [...new Set(findings.map(({ column }) => column))].join(", ");
  const message = findings.map((finding) => (findings.length === 1 ? "" : `${finding.column}: `) + finding.message);
  return { columns, code: findings[0]?.code ?? "", message: message.join("; ") };
}
