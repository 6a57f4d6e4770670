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
  /** Whether province coverages follow; false stops at municipalities. */
  provinces: boolean;
}

/** Computes what a sync would do; writes nothing. */
export async function planSync(session: Session, request: SyncRequest): Promise<SyncPlan> {
  const { scope, fields } = request;
  return isEmpty(scope) ? emptyPlan(scope, computedColumns(fields)) : readSyncPlan(session, request);
}

/**
 * Plans a sync, applies the plan and records the run, all in the transaction given.
 *
 * @param command what the run log names as its cause
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

/** Nothing was logged: there is nothing to read, to write or to record. */
function isEmpty(scope: Scope): boolean {
  return scope.kind === "changed" && scope.municipalityIds.length === 0 && scope.provinceIds.length === 0;
}
