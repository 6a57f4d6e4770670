import { storedChange } from "../core/runs/stored-change.ts";
import type { ScopeRequest } from "../core/sync/scope.ts";
import type { SyncReport } from "../core/sync/sync-report.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../db/transaction/transaction.ts";
import { applySync, planSync } from "./shared/apply-sync.ts";
import { applyChanged, planChanged, type RepairOptions } from "./shared/changed-sync.ts";
import { measured } from "./shared/measured.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { beginRun } from "./shared/run.ts";
import { savedPlan } from "./shared/saved-plan.ts";

/** `repair` has an effect only where the scope is what changed. */
export interface SyncOptions extends OperationOptions, RepairOptions {
  /** The coverages to sync; everything by default. A narrowed scope includes the provinces above it. */
  scope?: ScopeRequest | undefined;
  /** Whether to sync province coverages; true by default. */
  syncProvincial?: boolean | undefined;
  /** Whether the report of a preview has the plan in the form that can be saved and applied; false by default. */
  keepPlan?: boolean | undefined;
}

const PROGRESS = "Comparing coverages with their communities";

/** Shows exactly what `sync` would change, in a read-only transaction. */
export function previewSync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  const { progress = sayNothing } = options;
  return report(connection, true, () =>
    withSnapshot(connection, options, async (session) => {
      progress(PROGRESS);
      const [scope, request] = [scopeOf(options), requested(options)];
      const plan =
        scope.kind === "changed"
          ? await planChanged(session, request, options)
          : await planSync(session, { scope: await readScope(session, scope), ...request });
      if (!options.keepPlan) return { plan };
      const changes = plan.changes.map(storedChange);
      return {
        plan,
        saved: await savedPlan(session, { command: "sync", changes, sync: { ...request, scope: plan.scope } }, options),
      };
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
    if (scope.kind === "changed") return { plan: await applyChanged(connection, request, options, run) };
    return {
      plan: await withExclusiveTransaction(connection, options, async (session) =>
        applySync(session, { scope: await readScope(session, scope), ...request }, run),
      ),
    };
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
  run: () => Promise<Pick<SyncReport, "plan" | "saved">>,
): Promise<SyncReport> {
  const { outcome, ...measures } = await measured(connection, run);
  return { command: "sync", dryRun, ...outcome, ...measures };
}
