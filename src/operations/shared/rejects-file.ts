import { REJECT_COLUMNS } from "../../core/import/import-columns.ts";
import type { RowFinding } from "../../core/import/row-finding.ts";
import { type Connection, throwIfInterrupted } from "../../db/transaction/transaction.ts";
import { writeCsv } from "../../files/out/csv-writer.ts";
import { type Draft, withOutputFile } from "../../files/out/output-file.ts";
import { type CommunityFile, type CommunityFileOptions, type Opened, openCommunityFile } from "./community-file.ts";
import { databaseFiles } from "./protected-files.ts";
import type { StagedFile } from "./staged-file.ts";

export interface RejectsOptions {
  /** The file to write the bad rows to; null for none. */
  rejectsFile: string | null;
  /** Whether that file may replace another; never the files that are read, or the database. */
  overwrite: boolean;
  /** Files that are read besides the one to import, such as a mapping of columns. */
  otherInputs: readonly string[];
}

/** Runs `work` with the draft of the rejects file, and gives it its name where `work` succeeds. */
export function withRejectsFile<T>(
  connection: Connection,
  file: string,
  { rejectsFile, overwrite, otherInputs }: RejectsOptions,
  work: (draft: Draft | null) => Promise<T>,
): Promise<T> {
  if (rejectsFile === null) return work(null);
  const never = [
    { path: file, what: "the file to import" },
    ...otherInputs.map((path) => ({ path, what: "a file that is read" })),
    ...databaseFiles(connection),
  ];
  return withOutputFile({ path: rejectsFile, flag: "--rejects", overwrite, never }, work);
}

/**
 * Writes the bad rows as CSV: the cells as in the file, then the errors. It reads the file again, because the first of
 * two rows for one barangay is known to be bad only when the second has been read.
 */
export async function writeRejects(
  draft: Draft,
  staged: StagedFile,
  options: Opened<CommunityFileOptions> & { signal?: AbortSignal | undefined },
): Promise<void> {
  const communities = await openCommunityFile(options);
  const { headings } = communities.header();
  await writeCsv(draft, [...headings, ...REJECT_COLUMNS], rejectedRows(communities, staged, options.signal));
}

async function* rejectedRows(
  communities: CommunityFile,
  staged: StagedFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<string[][]> {
  const { headings } = communities.header();
  staged.checker.startOver();
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    const rejected: string[][] = [];
    for (const source of batch) {
      const { findings, position } = staged.checker.check(source, communities.header());
      const doubled = position === -1 ? null : staged.doubled.findingOf(position, source.row);
      const found = doubled === null ? findings : [...findings, doubled];
      if (found.length > 0) {
        const cells = Array.from({ length: headings.length }, (_, index) => source.cells[index] ?? "");
        rejected.push([...cells, ...reasonCells(source.row, found)]);
      }
      if (source.row === staged.stoppedAtRow) {
        yield rejected;
        return;
      }
    }
    yield rejected;
  }
}

function reasonCells(row: number, findings: readonly RowFinding[]): string[] {
  const [first] = findings;
  const columns = [...new Set(findings.map(({ column }) => column))].join(", ");
  const message = findings.map((finding) => (findings.length === 1 ? "" : `${finding.column}: `) + finding.message);
  return [String(row), columns, first?.code ?? "", message.join("; ")];
}
