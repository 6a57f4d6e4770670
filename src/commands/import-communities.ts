import type { Knex } from "knex";
import { InputError } from "../core/errors.ts";
import { type ImportHeader, readImportHeader } from "../core/import-header.ts";
import { type ImportRow, parseImportRow } from "../core/import-row.ts";
import { type ImportReport, type RowFinding, type SyncSummary, summarizePlan } from "../core/report.ts";
import { summarizeScope } from "../core/scope.ts";
import {
  dropStaged,
  findStagedArchived,
  findStagedProblems,
  type ImportCounts,
  readStagedScope,
  stageCommunities,
  writeStaged,
} from "../db/community-import-store.ts";
import { type Database, withDatabase } from "../db/connect.ts";
import { parseDatabaseLocation } from "../db/location.ts";
import { RolledBack, throwIfInterrupted, withExclusiveTransaction } from "../db/transaction.ts";
import { type FileRow, readCsv } from "../files/csv-reader.ts";
import { syncInTransaction } from "../operations/sync.ts";
import type { CommandContext } from "./context.ts";

export interface CommunityImportOptions {
  file: string;
  /** Shows what would happen: everything is done, then undone. */
  dryRun: boolean;
  /** Writes the good rows although others are bad. */
  skipInvalid: boolean;
  ignoreUnknown: boolean;
  /** Whether the coverages above the imported communities are brought right in the same transaction. */
  sync: boolean;
}

/**
 * Imports communities and syncs what they touch, in one transaction: every row is checked before any is written,
 * and one bad row keeps all of them out unless the good ones are asked for.
 */
export async function importCommunities(
  options: CommunityImportOptions,
  context: CommandContext,
): Promise<ImportReport> {
  const started = performance.now();
  const { settings, signal } = context;
  return withDatabase(parseDatabaseLocation(settings.database), "write", async (database) => {
    const outcome = await withExclusiveTransaction(
      database,
      { timeoutMs: settings.lockTimeoutMs, signal },
      async (transaction) => {
        const result = await importInto(transaction, database, options, context);
        const rejected = result.rejects.length > 0 && !options.skipInvalid;
        if (options.dryRun || rejected) throw new RolledBack(result);
        return result;
      },
    ).catch(RolledBack.outcomeOf<ImportOutcome>);
    return {
      command: "import",
      what: "communities",
      file: options.file,
      dryRun: options.dryRun,
      skipInvalid: options.skipInvalid,
      removed: 0,
      ...outcome,
      durationMs: performance.now() - started,
    };
  });
}

type ImportOutcome = Pick<
  ImportReport,
  "rows" | "created" | "updated" | "unchanged" | "rejected" | "rejects" | "warnings" | "sync"
>;

async function importInto(
  transaction: Knex.Transaction,
  database: Database,
  options: CommunityImportOptions,
  context: CommandContext,
): Promise<ImportOutcome> {
  const { dialect } = database;
  const staged = await stageFile(transaction, database, options, context);
  context.progress("Checking barangays");
  const rejects = [...staged.rejects, ...(await findStagedProblems(transaction, dialect))].sort(
    (left, right) => left.row - right.row,
  );
  const rejectedRows = [...new Set(rejects.map(({ row }) => row))];
  const refused = { rows: staged.rows, rejects, rejected: rejectedRows.length };
  const nothing: ImportCounts = { created: 0, updated: 0, unchanged: 0 };
  if (rejects.length > 0) {
    if (!options.skipInvalid) return { ...refused, ...nothing, warnings: [], sync: null };
    await dropStaged(transaction, dialect, rejectedRows);
  }

  context.progress("Writing communities");
  const warnings = await findStagedArchived(transaction);
  const counts = await writeStaged(transaction, staged.columns, new Date().toISOString());
  const sync = options.sync ? await syncStaged(transaction, database, context) : null;
  return { ...refused, ...counts, warnings, sync };
}

interface StagedFile {
  rows: number;
  columns: string[];
  rejects: RowFinding[];
}

async function stageFile(
  transaction: Knex.Transaction,
  { dialect }: Database,
  { file, ignoreUnknown }: CommunityImportOptions,
  context: CommandContext,
): Promise<StagedFile> {
  const batches = readCsv(file);
  const first = await firstRows(batches, file);
  const header = readImportHeader(first.header, file, ignoreUnknown);
  const staged: StagedFile = { rows: 0, columns: header.columns.map(({ name }) => name), rejects: [] };
  const checked = checkRows(prepend(first.rest, batches), header, staged, file, context);
  await stageCommunities(transaction, dialect, staged.columns, checked);
  if (staged.rows === 0) {
    throw new InputError(`${file} has a header but no rows`, "Nothing was imported. Is it the right file?");
  }
  return staged;
}

/** Passes the good rows on; counts all of them and gathers what is wrong with the others in `staged`. */
async function* checkRows(
  batches: AsyncIterable<FileRow[]>,
  header: ImportHeader,
  staged: StagedFile,
  file: string,
  { progress, signal }: CommandContext,
): AsyncGenerator<ImportRow[]> {
  for await (const batch of batches) {
    throwIfInterrupted(signal);
    const good: ImportRow[] = [];
    for (const { row, cells } of batch) {
      const parsed = parseImportRow(row, cells, header);
      if ("findings" in parsed) staged.rejects.push(...parsed.findings);
      else good.push(parsed);
    }
    staged.rows += batch.length;
    progress(`Reading ${file}: ${staged.rows.toLocaleString("en-US")} rows`);
    yield good;
  }
}

async function* prepend(first: FileRow[], rest: AsyncIterable<FileRow[]>): AsyncGenerator<FileRow[]> {
  yield first;
  yield* rest;
}

async function firstRows(
  batches: AsyncGenerator<FileRow[]>,
  file: string,
): Promise<{ header: string[]; rest: FileRow[] }> {
  for (;;) {
    const { value, done } = await batches.next();
    if (done) throw new InputError(`${file} is empty`, "Its first row must name the columns; barangay_code is one.");
    const [header, ...rest] = value;
    if (header !== undefined) return { header: header.cells, rest };
  }
}

async function syncStaged(
  transaction: Knex.Transaction,
  { dialect }: Database,
  { settings, progress }: CommandContext,
): Promise<SyncSummary> {
  progress("Bringing coverages right");
  const scope = await readStagedScope(transaction);
  const request = { scope, fields: settings.fields, provinces: true };
  const plan = await syncInTransaction(transaction, dialect, request, "import");
  return summarizePlan(plan, summarizeScope(scope));
}
