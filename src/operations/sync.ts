import type { ScopeRequest } from "../core/sync/scope.ts";
import type { SyncReport } from "../core/sync/sync-report.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../db/connection/transaction.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { applySync, planSync } from "./shared/apply-sync.ts";
import { measured } from "./shared/measured.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";

export interface SyncOptions extends OperationOptions {
  /** Which coverages: everything by default. The provinces above a narrowed scope are included. */
  scope?: ScopeRequest | undefined;
  /** Whether province coverages follow; true by default, false stops at municipalities. */
  syncProvincial?: boolean | undefined;
}

const PROGRESS = "Comparing coverages with their communities";

/** Shows exactly what `sync` would change, in a transaction that cannot write. */
export function previewSync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  const { progress = sayNothing } = options;
  return report(connection, true, () =>
    withSnapshot(connection, options, async (session) => {
      progress(PROGRESS);
      return planSync(session, { scope: await readScope(session, scopeOf(options)), ...requested(options) });
    }),
  );
}

/**
 * Recalculates the coverages in scope and writes those that differ: all of them, or after any failure none.
 *
 * @throws UnitError where a unit of the scope is unknown or ambiguous; LockHeldError where another run does not finish
 */
export function sync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  const { progress = sayNothing } = options;
  return report(connection, false, () =>
    withExclusiveTransaction(connection, options, async (session) => {
      progress(PROGRESS);
      const scope = await readScope(session, scopeOf(options));
      return applySync(session, { scope, ...requested(options) }, "sync");
    }),
  );
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
