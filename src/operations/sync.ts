import type { ScopeRequest } from "../core/sync/scope.ts";
import type { SyncReport } from "../core/sync/sync-report.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../db/transaction/transaction.ts";
import { applySync, planSync } from "./shared/apply-sync.ts";
import { applyChanged, planChanged, type RepairOptions } from "./shared/changed-sync.ts";
import { measured } from "./shared/measured.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { beginRun } from "./shared/run.ts";

/** `repair` has an effect only where the scope is what changed. */
export interface SyncOptions extends OperationOptions, RepairOptions {
  /** The coverages to sync; everything by default. A narrowed scope includes the provinces above it. */
  scope?: ScopeRequest | undefined;
  /** Whether to sync province coverages; true by default. */
  syncProvincial?: boolean | undefined;
}

const PROGRESS = "Comparing coverages with their communities";

/** Shows exactly what `sync` would change, in a read-only transaction. */
export function previewSync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  const { progress = sayNothing } = options;
  return report(connection, true, () =>
    withSnapshot(connection, options, async (session) => {
      progress(PROGRESS);
      const [scope, request] = [scopeOf(options), requested(options)];
      if (scope.kind === "changed") return planChanged(session, request, options);
      return planSync(session, { scope: await readScope(session, scope), ...request });
    }),
  );
}

/**
 * Recalculates the coverages in scope and writes those that differ, all or nothing.
 *
 * @throws UnitError if a unit is unknown or ambiguous; LockHeldError if another run holds the lock until the timeout;
 *   DatabaseError if the triggers of the change log are broken, and are not or cannot be put back (scope "changed" only)
 */
export function sync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  const { progress = sayNothing } = options;
  return report(connection, false, async () => {
    const [scope, request] = [scopeOf(options), requested(options)];
    const run = beginRun("sync", options);
    progress(PROGRESS);
    if (scope.kind === "changed") return applyChanged(connection, request, options, run);
    return withExclusiveTransaction(connection, options, async (session) =>
      applySync(session, { scope: await readScope(session, scope), ...request }, run),
    );
  });
}

function scopeOf({ scope = { kind: "all" } }: SyncOptions): ScopeRequest {
  return scope;
}

function requested({ syncProvincial = true, ...options }: SyncOptions) {
  return { fields: fieldsOf(options), provinces: syncProvincial };
}

async function report(
  connection: Connection,
  dryRun: boolean,
  run: () => Promise<SyncReport["plan"]>,
): Promise<SyncReport> {
  const { outcome: plan, ...measures } = await measured(connection, run);
  return { command: "sync", dryRun, plan, ...measures };
}
