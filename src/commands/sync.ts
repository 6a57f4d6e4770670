import type { ScopeRequest } from "../core/sync/scope.ts";
import type { SyncPlan } from "../core/sync/sync-plan.ts";
import type { SyncReport } from "../core/sync/sync-report.ts";
import { type Database, withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withExclusiveTransaction, withSnapshot } from "../db/connection/transaction.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { planSync, syncInTransaction } from "../operations/sync.ts";
import type { CommandContext } from "./context.ts";

export interface SyncOptions {
  scope: ScopeRequest;
  /** Whether province coverages follow; false stops at municipalities. */
  provinces: boolean;
}

const PROGRESS = "Comparing coverages with their communities";

/** Shows what a sync would do, in a transaction that cannot write. */
export async function previewSync(options: SyncOptions, context: CommandContext): Promise<SyncReport> {
  const { provinces } = options;
  return report(true, context, "read", (database) =>
    withSnapshot(database, async (transaction) => {
      context.progress(PROGRESS);
      const scope = await readScope(transaction, database.dialect, options.scope);
      return planSync(transaction, database.dialect, { scope, fields: context.settings.fields, provinces });
    }),
  );
}

/** Brings the coverages in scope right: all of them, or after any failure none. */
export async function runSync(options: SyncOptions, context: CommandContext): Promise<SyncReport> {
  return report(false, context, "write", (database) => syncOnce(database, options, context));
}

/** One sync on a database that is open already. */
export async function syncOnce(
  database: Database,
  options: SyncOptions,
  { settings, signal, progress }: CommandContext,
): Promise<SyncPlan> {
  const { dialect } = database;
  const { provinces } = options;
  return withExclusiveTransaction(database, { timeoutMs: settings.lockTimeoutMs, signal }, async (transaction) => {
    progress(PROGRESS);
    const scope = await readScope(transaction, dialect, options.scope);
    return syncInTransaction(transaction, dialect, { scope, fields: settings.fields, provinces }, "sync");
  });
}

async function report(
  dryRun: boolean,
  { settings }: CommandContext,
  access: "read" | "write",
  run: (database: Database) => Promise<SyncPlan>,
): Promise<SyncReport> {
  return withDatabase(parseDatabaseLocation(settings.database), access, async (database) => {
    const started = performance.now();
    const plan = await run(database);
    const durationMs = performance.now() - started;
    return { command: "sync", dryRun, plan, queries: database.statementCounts(), durationMs };
  });
}
