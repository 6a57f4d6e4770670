import { InterruptedError } from "../../../core/errors.ts";
import { captureBroken } from "../../../core/sync/broken-trigger.ts";
import type { SyncPlan } from "../../../core/sync/sync-plan.ts";
import { logEveryUnit, putBackTriggers, readBrokenTriggers } from "../../../db/capture/broken-triggers.ts";
import { readChangedScope, readChangeLog, readEveryUnitAsChanged } from "../../../db/capture/change-log-reader.ts";
import { leaveHeartbeat } from "../../../db/capture/heartbeat.ts";
import type { Session } from "../../../db/connection/session.ts";
import { type Connection, isTransaction, withExclusiveTransaction } from "../../../db/transaction/transaction.ts";
import type { OperationOptions } from "../options.ts";
import { applySync, computePlan, type SyncRequest } from "./apply-sync.ts";
import type { Run } from "./run.ts";

export interface RepairOptions {
  /**
   * Whether to put triggers of the change log back that are missing, disabled or altered, and to sync everything; true by
   * default. Otherwise a sync of what changed throws CAPTURE_BROKEN.
   */
  repair?: boolean | undefined;
}

type Request = Omit<SyncRequest, "scope">;

/** Computes the plan of a sync of what changed; writes nothing. */
export async function planChanged(
  session: Session,
  request: Request,
  { repair = true }: RepairOptions,
): Promise<SyncPlan> {
  const broken = await readBrokenTriggers(session);
  if (broken.length === 0) return computePlan(session, { scope: await readChangedScope(session), ...request });
  if (!repair) throw captureBroken(broken);
  const plan = await computePlan(session, { scope: await readEveryUnitAsChanged(session), ...request });
  return { ...plan, repaired: broken };
}

/**
 * Syncs what has changed since the last sync, as the change log shows, if its triggers are as this version makes them. If
 * not, a first transaction puts them back and adds a log entry that stands for every unit; a second one syncs. Its
 * snapshot contains what was written without being logged: docs/decisions/trigger-repair.md. Where the log is empty, a
 * heartbeat is left instead of a run, once a minute at most, unless the transaction is the caller's.
 *
 * @throws DatabaseError if triggers are broken, and `repair` is false or the account lacks the right
 */
export async function applyChanged(
  connection: Connection,
  request: Request,
  { repair = true, ...options }: RepairOptions & OperationOptions,
  run: Run,
): Promise<SyncPlan> {
  const syncChanged = async (session: Session) => {
    const { scope, lastCheck } = await readChangeLog(session);
    // A heartbeat must not be what makes a transaction of the caller fail: its snapshot may be old.
    if (!scope.hasEntries && !isTransaction(connection)) await leaveHeartbeat(session, lastCheck);
    return applySync(session, { scope, ...request }, run);
  };

  const { broken, plan } = await withExclusiveTransaction(connection, options, async (session) => {
    const found = await readBrokenTriggers(session);
    if (found.length === 0) return { broken: found, plan: await syncChanged(session) };
    if (!repair) throw captureBroken(found);
    options.progress?.("Putting back the triggers of the change log");
    await putBackTriggers(session, found);
    await logEveryUnit(session);
    return { broken: found, plan: null };
  });
  if (plan !== null) return plan;

  const planned = await withExclusiveTransaction(connection, options, async (session) => {
    const synced = await syncChanged(session);
    // The snapshot of the caller's transaction may be from before: the next sync has to look at every unit again.
    if (isTransaction(connection)) await logEveryUnit(session);
    return synced;
  }).catch((error: unknown) => {
    throw error instanceof InterruptedError ? new InterruptedError(PUT_BACK_ONLY) : error;
  });
  return { ...planned, repaired: broken };
}

const PUT_BACK_ONLY = "triggers of the change log were put back, but nothing was synced";
