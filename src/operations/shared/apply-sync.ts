import type { Field } from "../../core/fields.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { computedColumns, emptyPlan, type SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Session } from "../../db/connection/session.ts";
import { recordRun } from "../../db/runs/run-store.ts";
import { applyPlan } from "../../db/sync/apply-plan.ts";
import { readSyncPlan } from "../../db/sync/plan-reader.ts";

export interface SyncRequest {
  scope: Scope;
  fields: readonly Field[];
  /** Whether to sync province coverages. */
  provinces: boolean;
}

/** Computes the plan of a sync; writes nothing. */
export async function planSync(session: Session, request: SyncRequest): Promise<SyncPlan> {
  const { scope, fields } = request;
  return isEmpty(scope) ? emptyPlan(scope, computedColumns(fields)) : readSyncPlan(session, request);
}

/**
 * Plans a sync, applies the plan and records the run, in the transaction given.
 *
 * @param command the name of the command in the run log
 */
export async function applySync(session: Session, request: SyncRequest, command: string): Promise<SyncPlan> {
  const started = performance.now();
  const plan = await planSync(session, request);
  if (isEmpty(request.scope)) return plan;
  const now = new Date().toISOString();
  await applyPlan(session, plan, now);
  await recordRun(session, { command, plan, durationMs: performance.now() - started, finishedAt: now });
  return plan;
}

/** Whether the change log is empty, so that there is nothing to sync or record. */
function isEmpty(scope: Scope): boolean {
  return scope.kind === "changed" && !scope.hasEntries;
}
