import { UnitError } from "../core/errors.ts";
import type { KeptChange } from "../core/runs/kept-change.ts";
import { type Overtaken, stepsOfRevert } from "../core/runs/revert-plan.ts";
import type { RevertReport } from "../core/runs/revert-report.ts";
import { hasCounts, type RecordedRun } from "../core/runs/run.ts";
import { LEVELS } from "../core/sync/level.ts";
import type { Scope } from "../core/sync/scope.ts";
import { summarizeScope } from "../core/sync/scope.ts";
import { computedColumns } from "../core/sync/sync-plan.ts";
import { type SyncSummary, summarizePlan } from "../core/sync/sync-report.ts";
import type { Session } from "../db/connection/session.ts";
import { readChanges } from "../db/runs/change-reader.ts";
import { readNewestRevertible } from "../db/runs/run-reader.ts";
import { writeSteps } from "../db/runs/step-store.ts";
import { readLaterRuns, readStatesOfRun, type UnitStates } from "../db/runs/unit-state-reader.ts";
import { type Connection, withReversibleTransaction } from "../db/transaction/transaction.ts";
import { applySync, type SyncRequest } from "./shared/apply-sync.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { requireRun } from "./shared/require-run.ts";
import { beginRun, endRun, type Run } from "./shared/run.ts";
import { forgetPlan, keepPlan, type Planned, type PlanUse } from "./shared/saved-plan.ts";
import { withWholeRows } from "./shared/whole-rows.ts";

export interface RevertOptions extends OperationOptions {
  /** The number of the run, or "last" for the newest that changed something, is no revert and is not reverted. */
  run: number | "last";
  /** Rolls the revert back at the end, so that only its report remains. */
  dryRun?: boolean | undefined;
  /** Whether to revert the other units where something newer stands in some. */
  force?: boolean | undefined;
}

/**
 * Takes a run back: every value that it changed gets the one before, and the coverages above follow by a sync. All or
 * nothing; the revert is a run and can be reverted.
 *
 * @throws UnitError if there is no such run, its changes are forgotten, it is reverted already, or something newer stands
 *   in a unit that it changed and `force` is false; LockHeldError if another run holds the lock until the timeout
 */
export async function revert(connection: Connection, options: RevertOptions): Promise<RevertReport> {
  return (await revertWith(connection, options, forgetPlan)).report;
}

/** A dry run of a revert, with its plan in the form that can be saved and applied. */
export async function planRevert(connection: Connection, options: RevertOptions): Promise<Planned<RevertReport>> {
  const { report, kept } = await revertWith(connection, { ...options, dryRun: true }, keepPlan);
  return { report, plan: kept };
}

async function revertWith<Kept>(
  connection: Connection,
  options: RevertOptions,
  use: PlanUse<Kept>,
): Promise<{ report: RevertReport; kept: Kept }> {
  const { dryRun = false, force = false, progress = sayNothing } = options;
  const started = performance.now();
  const reverted = await withReversibleTransaction(connection, options, async (session) => {
    progress("Comparing the changes of the run with what is stored");
    const target = await findRun(session, options.run);
    const run = beginRun("revert", options, { reverts: target.id });
    const state = await readStatesOfRun(session, target.id);
    if (state.units.length === 0) throw nothingKept(target);
    const fields = fieldsOf(options);
    const computed = computedColumns(fields);
    const plan = stepsOfRevert(state.units, new Set(LEVELS.flatMap((level) => computed[level])));
    const overtaken = plan.overtaken.length === 0 ? [] : await withLaterRuns(session, target.id, plan.overtaken);
    if (overtaken.length > 0 && (!force || plan.steps.length === 0))
      throw refusal(target, overtaken, plan.steps.length);
    progress("Writing the values of before");
    const direct = await withWholeRows(session, plan.steps);
    await writeSteps(session, target.id, plan.steps, new Date().toISOString());
    const request = plan.isOfSync ? null : { scope: scopeOf(state), fields, provinces: true };
    const sync = await finish(session, run, direct, request, options);
    const changes = await readChanges(session, run.id as number);
    const parts = () => ({ command: run.command, reverts: target.id, changes, sync: request });
    const kept = await use(session, parts, options);
    const value = { reverts: target, run: dryRun ? null : run.id, changes, overtaken, sync };
    return { value: { value, kept }, keep: !dryRun };
  });
  const { value, kept } = reverted;
  return { report: { command: "revert", dryRun, ...value, durationMs: performance.now() - started }, kept };
}

/** @throws UnitError if there is none, or it cannot be taken back */
async function findRun(session: Session, run: number | "last"): Promise<RecordedRun> {
  if (run !== "last") {
    const found = await requireRun(session, run);
    if (!(await isInForce(session, found))) throw revertedAlready(found);
    return found;
  }
  const newest = await readNewestRevertible(session);
  if (newest !== null) return newest;
  throw new UnitError("RUN_UNKNOWN", "there is no run to take back", "List the runs with: obc-sync history");
}

/** Whether a run is not taken back, or what took it back is itself taken back. */
async function isInForce(session: Session, { revertedBy }: RecordedRun): Promise<boolean> {
  if (revertedBy === null) return true;
  return !(await isInForce(session, await requireRun(session, revertedBy)));
}

function revertedAlready({ id, revertedBy }: RecordedRun): UnitError {
  return new UnitError(
    "RUN_REVERTED",
    `run ${id} is reverted already, by run ${revertedBy}`,
    `To bring it back, revert the revert: obc-sync revert ${revertedBy}`,
  );
}

function nothingKept({ id, command, counts }: RecordedRun): UnitError {
  const what = hasCounts(counts)
    ? "what it changed is forgotten (history prune)"
    : "it changed no community and no coverage";
  return new UnitError(
    "RUN_NOT_REVERTIBLE",
    `run ${id} (${command}) cannot be reverted: ${what}`,
    "List the runs with: obc-sync history",
  );
}

const LISTED = 20;

function refusal({ id }: RecordedRun, overtaken: readonly Overtaken[], others: number): UnitError {
  const shown = overtaken.slice(0, LISTED).map(({ change, reason }) => {
    const place = [change.name, change.parent, change.province].filter((name) => name).join(", ");
    return `  ${change.level} ${place} (${change.code}): ${reason}`;
  });
  const rest = overtaken.length > LISTED ? [`  and ${overtaken.length - LISTED} more`] : [];
  const units = overtaken.length === 1 ? "1 unit" : `${overtaken.length} units`;
  const hint =
    others === 0
      ? "Every unit has something newer, so there is nothing to revert."
      : `To revert only the ${others} others, add --force. What happened to one: obc-sync history --community CODE`;
  return new UnitError(
    "RUN_OVERTAKEN",
    `run ${id} cannot be reverted, nothing was written: something newer stands in ${units}:\n${[...shown, ...rest].join("\n")}`,
    hint,
  );
}

/** The same with what changed each unit since. */
async function withLaterRuns(session: Session, run: number, overtaken: readonly Overtaken[]): Promise<Overtaken[]> {
  const later = await readLaterRuns(session, run);
  return overtaken.map(({ change, reason }) => {
    const by = later.get(`${change.level} ${change.unitId}`);
    return {
      change,
      reason: `${reason} (${by === undefined ? "changed by another program" : `changed by run ${by}`})`,
    };
  });
}

/** Recalculates the coverages above, unless the run only synced, and records the revert. */
async function finish(
  session: Session,
  run: Run,
  direct: readonly KeptChange[],
  request: SyncRequest | null,
  options: RevertOptions,
): Promise<SyncSummary | null> {
  if (request === null) {
    await endRun(session, run, { plan: null, direct });
    return null;
  }
  options.progress?.("Recalculating coverages");
  const plan = await applySync(session, request, run, { direct });
  return summarizePlan(plan, summarizeScope(request.scope));
}

function scopeOf({ municipalities, provinces }: UnitStates): Scope {
  return {
    kind: municipalities.size > 0 ? "municipality" : "province",
    units: [...(municipalities.size > 0 ? municipalities : provinces).values()].sort(),
    municipalityIds: [...municipalities.keys()],
    provinceIds: [...provinces.keys()],
  };
}
