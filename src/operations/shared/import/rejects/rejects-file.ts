import { UsageError } from "../../../../core/errors.ts";
import type { Connection } from "../../../../db/transaction/transaction.ts";
import { type Draft, withOutputFile } from "../../../../files/out/output-file.ts";
import { databaseFiles } from "../../protected-files.ts";
import type { CommunityFileOptions, Opened } from "../community-file.ts";
import { openCommunityFile } from "../open-community-file.ts";
import type { StagedFile } from "../staged-file.ts";
import { rejectedRows } from "./rejected-rows.ts";
import { writeRejectsCsv } from "./rejects-csv.ts";
import { writeRejectsWorkbook } from "./rejects-workbook.ts";

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
  const rows = rejectedRows(await openCommunityFile(options), staged, options.signal);
  const write = /\.xlsx$/i.test(draft.path) ? writeRejectsWorkbook : writeRejectsCsv;
  await write(draft, staged, rows, options.mapping ?? new Map());
}
