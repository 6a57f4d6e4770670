import { REJECT_COLUMNS } from "../../core/import/import-columns.ts";
import type { RowFinding } from "../../core/import/row-finding.ts";
import { writeCsv } from "../../files/out/csv-writer.ts";
import { type CommunityFile, type CommunityFileOptions, type Opened, openCommunityFile } from "./community-file.ts";
import type { StagedFile } from "./staged-file.ts";

/**
 * Writes the bad rows as CSV: the cells as in the file, then the errors. It reads the file again, because the first of
 * two rows for one barangay is known to be bad only when the second has been read.
 */
export async function writeRejects(
  path: string,
  staged: StagedFile,
  options: Opened<CommunityFileOptions>,
): Promise<void> {
  const communities = await openCommunityFile(options);
  const { headings } = communities.header();
  await writeCsv(path, [...headings, ...REJECT_COLUMNS], rejectedRows(communities, staged));
}

async function* rejectedRows(communities: CommunityFile, staged: StagedFile): AsyncGenerator<string[][]> {
  const { headings } = communities.header();
  for await (const batch of communities.batches) {
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
