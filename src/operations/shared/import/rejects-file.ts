import { UsageError } from "../../../core/errors.ts";
import { CODE_COLUMN } from "../../../core/headings/import-columns.ts";
import { columnAt } from "../../../core/headings/import-header.ts";
import { REJECT_CELL_COLUMNS, REJECT_COLUMNS } from "../../../core/headings/reject-columns.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import type { RowFinding } from "../../../core/rows/row-finding.ts";
import { cellReference } from "../../../core/rows/sheet-cell.ts";
import { type Connection, throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import { writeCsv } from "../../../files/out/csv-writer.ts";
import { type Draft, withOutputFile } from "../../../files/out/output-file.ts";
import { type FormCell, formSheet } from "../../../files/out/workbook/form-sheet.ts";
import { storedCell } from "../../../files/out/workbook/stored-cells.ts";
import { STYLE } from "../../../files/out/workbook/xlsx-parts.ts";
import { writeWorkbook } from "../../../files/out/workbook/xlsx-workbook.ts";
import { databaseFiles } from "../protected-files.ts";
import { type CommunityFile, type CommunityFileOptions, type Opened, openCommunityFile } from "./community-file.ts";
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
  if (/\.(ods|xls|xlsm|xlsb)$/i.test(rejectsFile)) {
    throw new UsageError(`--rejects ${rejectsFile} is neither .csv nor .xlsx`, "For example: --rejects bad.xlsx");
  }
  const never = [
    { path: file, what: "the file to import" },
    ...otherInputs.map((path) => ({ path, what: "a file that is read" })),
    ...databaseFiles(connection),
  ];
  return withOutputFile({ path: rejectsFile, flag: "--rejects", overwrite, never }, work);
}

/**
 * Writes the bad rows as CSV, or as a workbook where the name ends in .xlsx: the cells as in the file, then the errors. It
 * reads the file again, because the first of two rows for one barangay is known to be bad only when the second has been
 * read.
 */
export async function writeRejects(
  draft: Draft,
  staged: StagedFile,
  options: Opened<CommunityFileOptions> & { signal?: AbortSignal | undefined },
): Promise<void> {
  const communities = await openCommunityFile(options);
  const rejected = rejectedRows(communities, staged, options.signal);
  if (/\.xlsx$/i.test(draft.path)) await writeRejectedSheet(draft, communities, rejected);
  else await writeCsv(draft, [...communities.header().headings, ...REJECT_COLUMNS], csvRows(communities, rejected));
}

/** A bad row of the file, and why it is bad. */
interface RejectedRow {
  source: SourceRow;
  findings: readonly RowFinding[];
}

async function* rejectedRows(
  communities: CommunityFile,
  staged: StagedFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<RejectedRow[]> {
  staged.checker.startOver();
  for await (const batch of communities.batches) {
    throwIfInterrupted(signal);
    const rejected: RejectedRow[] = [];
    for (const source of batch) {
      const { findings, position } = staged.checker.check(source, communities.header());
      const doubled = position === -1 ? null : staged.doubled.findingOf(position, source.row);
      const found = doubled === null ? findings : [...findings, doubled];
      if (found.length > 0) rejected.push({ source, findings: found });
      if (source.row === staged.stoppedAtRow) {
        yield rejected;
        return;
      }
    }
    yield rejected;
  }
}

async function* csvRows(communities: CommunityFile, batches: AsyncIterable<RejectedRow[]>): AsyncGenerator<string[][]> {
  const { headings } = communities.header();
  for await (const rejected of batches) {
    yield rejected.map(({ source, findings }) => {
      const { columns, code, message } = reasonOf(findings);
      const cells = headings.map((_, index) => source.cells[index] ?? "");
      return [...cells, String(source.row), columns, code, message];
    });
  }
}

/** A workbook holds no more rows; an import stops reading at fewer bad ones. */
async function writeRejectedSheet(
  draft: Draft,
  communities: CommunityFile,
  batches: AsyncIterable<RejectedRow[]>,
): Promise<void> {
  const { headings } = communities.header();
  const columns = [...headings.map((heading) => ({ heading, width: widthOf(heading) })), ...REASON_COLUMNS];
  const xml = formSheet(
    columns.map((column) => ({ ...column, note: "", takes: null })),
    sheetRows(communities, batches),
  );
  await writeWorkbook(draft, [{ title: "Bad rows", xml }]);
}

const REASON_WIDTHS: Record<(typeof REJECT_CELL_COLUMNS)[number], number> = {
  ...{ row: 7, cell: 9, column: 22, code: 14, message: 90 },
};

const REASON_COLUMNS = REJECT_CELL_COLUMNS.map((heading) => ({ heading, width: REASON_WIDTHS[heading] }));

function widthOf(heading: string): number {
  return Math.min(Math.max(heading.length + 2, 12), 30);
}

async function* sheetRows(
  communities: CommunityFile,
  batches: AsyncIterable<RejectedRow[]>,
): AsyncGenerator<Array<FormCell | null>> {
  for await (const rejected of batches) {
    const header = communities.header();
    const columns = header.headings.map((_, index) => columnAt(index, header));
    // What is wrong with a barangay is in the column that names it.
    const named = header.codeIndex === -1 ? "barangay" : CODE_COLUMN;
    for (const { source, findings } of rejected) {
      const bad = new Set(findings.map(({ column }) => columns.indexOf(column === CODE_COLUMN ? named : column)));
      const cells = columns.map((column, index) => {
        const cell = storedCell(source.cells[index] ?? "", source.stored?.[index], column);
        return bad.has(index) ? { value: null, style: STYLE.text, ...cell, isMarked: true } : cell;
      });
      const { columns: names, code, message } = reasonOf(findings);
      const references = [...bad].filter((index) => index !== -1).map((index) => cellReference(index, source.row));
      const texts = [references.join(", "), names, code, message].map((value) => ({ value, style: STYLE.text }));
      yield [...cells, { value: source.row, style: STYLE.plain }, ...texts];
    }
  }
}

function reasonOf(findings: readonly RowFinding[]): { columns: string; code: string; message: string } {
  const columns = [...new Set(findings.map(({ column }) => column))].join(", ");
  const message = findings.map((finding) => (findings.length === 1 ? "" : `${finding.column}: `) + finding.message);
  return { columns, code: findings[0]?.code ?? "", message: message.join("; ") };
}
