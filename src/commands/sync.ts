import type { Knex } from "knex";
import type { SyncReport } from "../core/report.ts";
import type { ScopeRequest } from "../core/scope.ts";
import type { SyncPlan } from "../core/sync-plan.ts";
import { applyPlan } from "../db/apply-plan.ts";
import { type Database, withDatabase } from "../db/connect.ts";
import { parseDatabaseLocation } from "../db/location.ts";
import { readSyncPlan } from "../db/plan-reader.ts";
import { recordRun } from "../db/run-store.ts";
import { readScope } from "../db/scope-reader.ts";
import { withExclusiveTransaction, withSnapshot } from "../db/transaction.ts";
import type { CommandContext } from "./context.ts";

export interface SyncOptions {
  scope: ScopeRequest;
  /** Whether province coverages follow; false stops at municipalities. */
  provinces: boolean;
}

/** Shows what a sync would do, in a transaction that cannot write. */
export async function previewSync(options: SyncOptions, context: CommandContext): Promise<SyncReport> {
  return timed(true, context, "read", (database) =>
    withSnapshot(database, (transaction) => computePlan(transaction, database, options, context)),
  );
}

/** Brings the coverages in scope right: all of them, or after any failure none. */
export async function runSync(options: SyncOptions, context: CommandContext): Promise<SyncReport> {
  const { signal, settings } = context;
  return timed(false, context, "write", (database) =>
    withExclusiveTransaction(database, { timeoutMs: settings.lockTimeoutMs, signal }, async (transaction) => {
      const started = performance.now();
      const plan = await computePlan(transaction, database, options, context);
      const now = new Date().toISOString();
      await applyPlan(transaction, database.dialect, plan, now);
      await recordRun(transaction, { command: "sync", plan, durationMs: performance.now() - started, finishedAt: now });
      return plan;
    }),
  );
}

async function computePlan(
  transaction: Knex.Transaction,
  database: Database,
  { scope, provinces }: SyncOptions,
  { settings, progress }: CommandContext,
): Promise<SyncPlan> {
  progress("Comparing coverages with their communities");
  const resolved = await readScope(transaction, scope);
  return readSyncPlan(transaction, database.dialect, { fields: settings.fields, scope: resolved, provinces });
}

async function timed(
  dryRun: boolean,
  { settings }: CommandContext,
  access: "read" | "write",
  run: (database: Database) => Promise<SyncPlan>,
): Promise<SyncReport> {
  const started = performance.now();
  return withDatabase(parseDatabaseLocation(settings.database), access, async (database) => {
    const plan = await run(database);
    const durationMs = performance.now() - started;
    return { command: "sync", dryRun, plan, queries: database.statementCounts(), durationMs };
  });
}
