import type { Knex } from "knex";
import { InputError, UsageError } from "../core/errors.ts";
import type { CommunityImportDetails, ImportReport } from "../core/import/import-report.ts";
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { type SyncSummary, summarizePlan } from "../core/sync/sync-report.ts";
import { type Database, withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { RolledBack, withExclusiveTransaction } from "../db/connection/transaction.ts";
import {
  archiveCommunities,
  findMissing,
  type MissingCommunity,
  readTouchedScope,
} from "../db/import/archive-store.ts";
import {
  countStagedStored,
  findStagedArchived,
  findStagedJumps,
  type ImportCounts,
  writeStaged,
} from "../db/import/staging-store.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { isSameFile, STANDARD_INPUT } from "../files/open-file.ts";
import { withRereadable } from "../files/spooled-input.ts";
import { syncInTransaction } from "../operations/sync.ts";
import type { CommandContext } from "./context.ts";
import { type StagedFile, type StagingOptions, stageFile } from "./staged-file.ts";
import { writeRejects } from "./write-rejects.ts";

export interface CommunityImportOptions extends StagingOptions {
  /** Shows what would happen: everything is done, then undone. */
  dryRun: boolean;
  /** Writes the good rows although others are bad. */
  skipInvalid: boolean;
  /** Where the bad rows go; null for nowhere. */
  rejectsFile: string | null;
  /** Whether the coverages above the imported communities are brought right in the same transaction. */
  sync: boolean;
  /** Whether an empty cell keeps what is stored. */
  blank: "keep" | "clear";
  /** The scope whose communities are archived where the file does not have them; null to archive none. */
  archiveMissing: ScopeRequest | null;
  /** Whether any share of a scope may be archived. */
  yes: boolean;
}

/** Archiving a larger share than this of a scope wants --yes: more likely the file is not whole. */
const MAX_ARCHIVED_SHARE = 0.2;

/**
 * Imports communities and syncs what they touch, in one transaction: every row is checked before any is written,
 * and one bad row keeps all of them out unless the good ones are asked for.
 */
export async function importCommunities(
  options: CommunityImportOptions,
  context: CommandContext,
): Promise<ImportReport> {
  const started = performance.now();
  refuseContradictions(options);
  const report = (file: string) => importFile({ ...options, file }, context);
  const outcome = options.rejectsFile === null ? report(options.file) : withRereadable(options.file, report);
  return { ...(await outcome), file: options.file, durationMs: performance.now() - started };
}

type ImportOutcome = Omit<ImportReport, "durationMs" | "file">;

function refuseContradictions({
  file,
  rejectsFile,
  archiveMissing,
  skipInvalid,
  maxErrors,
}: CommunityImportOptions): void {
  if (rejectsFile !== null && file !== STANDARD_INPUT && isSameFile(file, rejectsFile)) {
    throw new UsageError("--rejects names the file that is imported", "Give it another name: it is overwritten.");
  }
  if (archiveMissing?.kind === "all") {
    throw new UsageError(
      "--archive-missing needs a scope",
      "Say of which places the file has every community: --region, --province or --municipality.",
    );
  }
  if (archiveMissing !== null && (skipInvalid || maxErrors !== null)) {
    throw new UsageError(
      `--archive-missing cannot be combined with ${skipInvalid ? "--skip-invalid" : "--max-errors"}`,
      "What is missing is known only when every row is good.",
    );
  }
}

async function importFile(options: CommunityImportOptions, context: CommandContext): Promise<ImportOutcome> {
  const { settings, signal } = context;
  return withDatabase(parseDatabaseLocation(settings.database), "write", (database) =>
    withExclusiveTransaction(database, { timeoutMs: settings.lockTimeoutMs, signal }, async (transaction) => {
      const { outcome, archivedIn } = await importInto(transaction, database, options, context);
      if (isRefused(outcome, options)) throw new RolledBack(outcome);
      // Out here nothing holds the index of the barangays any more: of a large country it takes as much as the plan.
      const sync = options.sync ? await syncTouched(transaction, database, archivedIn, context) : null;
      if (options.dryRun) throw new RolledBack({ ...outcome, sync });
      return { ...outcome, sync };
    }).catch(RolledBack.outcomeOf<ImportOutcome>),
  );
}

/** Whether bad rows keep the good ones out: unless they were to be skipped, and all of them were met. */
function isRefused({ rejected, details }: ImportOutcome, { skipInvalid }: CommunityImportOptions): boolean {
  return rejected > 0 && (!skipInvalid || details?.stoppedAtRow !== null);
}

/** What an import came to before its sync. */
interface Imported {
  outcome: ImportOutcome;
  /** Municipalities in which communities were archived that the file does not have. */
  archivedIn: number[];
}

async function importInto(
  transaction: Knex.Transaction,
  database: Database,
  options: CommunityImportOptions,
  context: CommandContext,
): Promise<Imported> {
  const staged = await stageFile(transaction, database.dialect, options, context);
  const { rejects } = staged;
  const rejectsFile = rejects.rows === 0 ? null : options.rejectsFile;
  if (rejectsFile !== null) {
    context.progress(`Writing ${rejectsFile}`);
    await writeRejects(rejectsFile, staged, options);
  }
  const details: CommunityImportDetails = {
    rejectKinds: rejects.kinds,
    warningKinds: staged.warnings.kinds,
    skipped: 0,
    archived: [],
    stoppedAtRow: staged.stoppedAtRow,
    rejectsFile,
  };
  const outcome: ImportOutcome = {
    command: "import",
    what: "communities",
    dryRun: options.dryRun,
    skipInvalid: options.skipInvalid,
    rows: staged.rows,
    created: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    rejected: rejects.rows,
    rejects: rejects.kept,
    warnings: staged.warnings.kept,
    sync: null,
    details,
  };
  if (isRefused(outcome, options)) return { outcome: { ...outcome, skipInvalid: false }, archivedIn: [] };
  return writeGood(transaction, database, staged, outcome, options, context);
}

async function writeGood(
  transaction: Knex.Transaction,
  database: Database,
  { staged, columns, warnings }: StagedFile,
  outcome: ImportOutcome,
  options: CommunityImportOptions,
  context: CommandContext,
): Promise<Imported> {
  context.progress("Writing communities");
  const now = new Date().toISOString();
  const stored = await countStagedStored(transaction);
  if (stored > 0 && options.onConflict === "update") {
    const found = [...(await findStagedArchived(transaction)), ...(await findStagedJumps(transaction, columns))];
    for (const warning of found) warnings.add([warning]);
    warnings.kept.sort((left, right) => left.row - right.row);
  }
  const rules = { onConflict: options.onConflict === "skip" ? "skip" : "update", blank: options.blank } as const;
  const { skipped, ...counts }: ImportCounts = await writeStaged(transaction, database.dialect, columns, rules, {
    staged,
    stored,
    now,
  });
  const missing = await archiveMissing(transaction, database, options, now);
  const archived = missing.map(({ code, name, municipality }) => ({ code, name, municipality }));
  const details = { ...(outcome.details as CommunityImportDetails), skipped, archived, warningKinds: warnings.kinds };
  return {
    outcome: { ...outcome, ...counts, warnings: warnings.kept, details },
    archivedIn: [...new Set(missing.map((community) => community.municipality_id))],
  };
}

/** @throws InputError where that would be more than a fifth of the scope and nobody said yes */
async function archiveMissing(
  transaction: Knex.Transaction,
  { dialect }: Database,
  { archiveMissing: request, yes, dryRun, file }: CommunityImportOptions,
  now: string,
): Promise<MissingCommunity[]> {
  if (request === null) return [];
  const scope = await readScope(transaction, dialect, request);
  if (scope.kind === "all") return [];
  const { active, missing } = await findMissing(transaction, dialect, scope);
  if (missing.length > active * MAX_ARCHIVED_SHARE && !yes && !dryRun) {
    throw new InputError(
      `${file} lacks ${missing.length} of the ${active} communities of ${scope.units.join(", ")}: archiving them would be more than 20 %`,
      "Nothing was written. See which with --dry-run; if the file is whole, add --yes.",
    );
  }
  await archiveCommunities(
    transaction,
    dialect,
    missing.map((community) => community.barangay_id),
    now,
  );
  return missing;
}

async function syncTouched(
  transaction: Knex.Transaction,
  { dialect }: Database,
  archivedIn: readonly number[],
  { settings, progress }: CommandContext,
): Promise<SyncSummary> {
  progress("Bringing coverages right");
  const scope = await readTouchedScope(transaction, dialect, archivedIn);
  const request = { scope, fields: settings.fields, provinces: true };
  const plan = await syncInTransaction(transaction, dialect, request, "import");
  return summarizePlan(plan, summarizeScope(scope));
}
