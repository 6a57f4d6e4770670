import { UsageError } from "../core/errors.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "../core/import/import-columns.ts";
import type { TemplateReport } from "../core/import/import-report.ts";
import { COMMUNITY_COLUMNS } from "../core/records/community.ts";
import type { ScopeRequest } from "../core/sync/scope.ts";
import { readScopePlaces } from "../db/places/place-directory-reader.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, type TransactionOptions, withSnapshot } from "../db/transaction/transaction.ts";
import { writeCsv } from "../files/out/csv-writer.ts";
import { type Draft, withOutputFile } from "../files/out/output-file.ts";
import { writeXlsx } from "../files/out/xlsx-writer.ts";
import { databaseFiles } from "./shared/protected-files.ts";

const HEADER = [...NAME_COLUMNS, CODE_COLUMN, ...COMMUNITY_COLUMNS];

export interface TemplateOptions extends TransactionOptions {
  /** The .csv or .xlsx file to write. */
  file: string;
  /** Whether it may replace a file; false by default. Never the database. */
  overwrite?: boolean | undefined;
  /** The units whose barangays are filled in. */
  scope: Exclude<ScopeRequest, { kind: "all" }>;
}

/**
 * Writes a communities file to fill in, with the header and the barangays of a scope.
 *
 * @throws UsageError if the file is neither .csv nor .xlsx
 */
export async function writeTemplate(
  connection: Connection,
  { file, scope, overwrite = false, ...options }: TemplateOptions,
): Promise<TemplateReport> {
  const writeRows = writerFor(file);
  const request = { path: file, flag: "--template", overwrite, never: databaseFiles(connection) };
  return withOutputFile(request, async (draft) => writeRows(draft, await placesOf(connection, scope, options)));
}

export interface EmptyTemplateOptions {
  /** Whether the template may replace a file; false by default. */
  overwrite?: boolean | undefined;
  /** Path or URL of a database that the template may not replace. */
  database?: string | undefined;
}

/** Writes a communities file with only the header; opens no database. */
export async function writeEmptyTemplate(
  file: string,
  { overwrite = false, database }: EmptyTemplateOptions = {},
): Promise<TemplateReport> {
  const writeRows = writerFor(file);
  const never = database === undefined ? [] : databaseFiles(database);
  return withOutputFile({ path: file, flag: "--template", overwrite, never }, (draft) => writeRows(draft, []));
}

function writerFor(file: string): (draft: Draft, places: readonly string[][]) => Promise<TemplateReport> {
  const isWorkbook = /\.xlsx$/i.test(file);
  if (!isWorkbook && !/\.csv$/i.test(file)) {
    throw new UsageError(`--template ${file} is neither .csv nor .xlsx`, "For example: --template communities.xlsx");
  }
  return async (draft, places) => {
    const rows = places.map((cells) => [...cells, ...COMMUNITY_COLUMNS.map(() => "")]);
    if (isWorkbook) await writeXlsx(draft, HEADER, rows);
    else await writeCsv(draft, HEADER, inOneBatch(rows));
    return { command: "template", file, columns: HEADER.length, rows: rows.length };
  };
}

async function placesOf(
  connection: Connection,
  request: ScopeRequest,
  options: TransactionOptions,
): Promise<string[][]> {
  return withSnapshot(connection, options, async (session) => {
    const scope = await readScope(session, request);
    return scope.kind === "all" ? [] : readScopePlaces(session, scope.municipalityIds);
  });
}

async function* inOneBatch(rows: string[][]): AsyncGenerator<string[][]> {
  yield rows;
}
