import { storedChange } from "../core/runs/stored-change.ts";
import type { ScopeRequest } from "../core/sync/scope.ts";
import type { SyncReport } from "../core/sync/sync-report.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../db/transaction/transaction.ts";
import { callGiven } from "./shared/given-options.ts";
import { measured } from "./shared/measured.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { applySync, computePlan } from "./shared/runs/apply-sync.ts";
import { applyChanged, planChanged, type RepairOptions } from "./shared/runs/changed-sync.ts";
import { beginRun } from "./shared/runs/run.ts";
import { forgetPlan, keepPlan, type Planned, type PlanUse } from "./shared/runs/saved-plan.ts";

/** `repair` has an effect only where the scope is what changed. */
export interface SyncOptions extends OperationOptions, RepairOptions {
  /** The coverages to sync; everything by default. A narrowed scope includes the provinces above it. */
  scope?: ScopeRequest | undefined;
  /** Whether to sync province coverages; true by default. */
  syncProvincial?: boolean | undefined;
}

const PROGRESS = "Comparing coverages with their communities";

/** Shows exactly what `sync` would change, in a read-only transaction. */
export async function previewSync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  return (await preview(connection, options, forgetPlan)).report;
}

/** The same, with the plan in the form that can be saved and applied. */
export async function planSync(connection: Connection, options: SyncOptions = {}): Promise<Planned<SyncReport>> {
  const { report, kept } = await preview(connection, options, keepPlan);
  return { report, plan: kept };
}

async function preview<Kept>(
  connection: Connection,
  options: SyncOptions,
  use: PlanUse<Kept>,
): Promise<{ report: SyncReport; kept: Kept }> {
  callGiven(connection, options);
  const { progress = sayNothing } = options;
  const { outcome, ...measures } = await measured(connection, () =>
    withSnapshot(connection, options, async (session) => {
      progress(PROGRESS);
      const [scope, request] = [scopeOf(options), requested(options)];
      const plan =
        scope.kind === "changed"
          ? await planChanged(session, request, options)
          : await computePlan(session, { scope: await readScope(session, scope), ...request });
      const parts = () => ({
        command: "sync",
        changes: plan.changes.map(storedChange),
        sync: { ...request, scope: plan.scope },
      });
      return { plan, kept: await use(session, parts, options) };
    }),
  );
  return { report: { command: "sync", dryRun: true, plan: outcome.plan, ...measures }, kept: outcome.kept };
}

/**
 * Recalculates the coverages in scope and writes those that differ, all or nothing.
 *
 * @throws UnitError if a unit is unknown or ambiguous; LockHeldError if another run holds the lock until the timeout;
 *   DatabaseError if the triggers of the change log are broken, and are not or cannot be put back (scope "changed" only)
 */
export async function sync(connection: Connection, options: SyncOptions = {}): Promise<SyncReport> {
  callGiven(connection, options);
  const { progress = sayNothing } = options;
  const { outcome: plan, ...measures } = await measured(connection, async () => {
    const [scope, request] = [scopeOf(options), requested(options)];
    const run = beginRun("sync", options);
    progress(PROGRESS);
    if (scope.kind === "changed") return applyChanged(connection, request, options, run);
    return withExclusiveTransaction(connection, options, async (session) =>
      applySync(session, { scope: await readScope(session, scope), ...request }, run),
    );
  });
  return { command: "sync", dryRun: false, plan, ...measures };
}

function scopeOf({ scope = { kind: "all" } }: SyncOptions): ScopeRequest {
  return scope;
}

function requested({ syncProvincial = true, ...options }: SyncOptions) {
  return { fields: fieldsOf(options), provinces: syncProvincial };
}
