import type { Field } from "../../../core/fields.ts";
import type { Scope } from "../../../core/sync/scope.ts";
import { computedColumns, emptyPlan, type SyncPlan } from "../../../core/sync/sync-plan.ts";
import type { Session } from "../../../db/connection/session.ts";
import { applyPlan } from "../../../db/sync/apply-plan.ts";
import { readSyncPlan } from "../../../db/sync/plan-reader.ts";
import { endRun, type Run, type RunOutcome } from "./run.ts";

export interface SyncRequest {
  scope: Scope;
  fields: readonly Field[];
  /** Whether to sync province coverages. */
  provinces: boolean;
}

/** Computes the plan of a sync; writes nothing. */
export async function computePlan(session: Session, request: SyncRequest): Promise<SyncPlan> {
  const { scope, fields } = request;
  return isEmpty(scope) ? emptyPlan(scope, computedColumns(fields)) : readSyncPlan(session, request);
}

/**
 * Plans a sync, applies the plan and records the run, in the transaction given. A sync of what changed records nothing
 * where the change log is empty.
 *
 * @param direct what the run has changed before its sync
 */
export async function applySync(
  session: Session,
  request: SyncRequest,
  run: Run,
  direct: Omit<RunOutcome, "plan"> = {},
): Promise<SyncPlan> {
  const plan = await computePlan(session, request);
  if (isEmpty(request.scope)) return plan;
  await applyPlan(session, plan, new Date().toISOString());
  await endRun(session, run, { ...direct, plan });
  return plan;
}

/** Whether the change log is empty, so that there is nothing to sync or record. */
function isEmpty(scope: Scope): boolean {
  return scope.kind === "changed" && !scope.hasEntries;
}
