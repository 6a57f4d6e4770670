import { UnitError } from "../../core/errors.ts";
import { LIST_RUNS, noLongerLast, nothingKept, refusal } from "../../core/reverts/revert-errors.ts";
import {
  type Overtaken,
  overtakingRun,
  planOfRevert,
  stepOfRevert,
  withoutTouched,
} from "../../core/reverts/revert-plan.ts";
import type { RevertReport } from "../../core/reverts/revert-report.ts";
import { revertedRuns } from "../../core/reverts/reverted-runs.ts";
import { keptStep, type UnitStep } from "../../core/reverts/unit-step.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import type { RecordedRun } from "../../core/runs/run.ts";
import { LEVELS } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { summarizeScope } from "../../core/sync/scope.ts";
import { computedColumns } from "../../core/sync/sync-plan.ts";
import { type SyncSummary, summarizePlan } from "../../core/sync/sync-report.ts";
import type { Session } from "../../db/connection/session.ts";
import { findTouchedColumns, readRemovedRows } from "../../db/reverts/removed-rows.ts";
import { writeSteps } from "../../db/reverts/step-store.ts";
import { type PlacesAbove, readLaterChanges, readStatesOfRun } from "../../db/reverts/unit-state-reader.ts";
import { readChanges } from "../../db/runs/change-reader.ts";
import { readNewestRevertible, readReversals } from "../../db/runs/run-reader.ts";
import { type Connection, withReversibleTransaction, withSnapshot } from "../../db/transaction/transaction.ts";
import { wholeNumberGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "../shared/options.ts";
import { applySync, type SyncRequest } from "../shared/runs/apply-sync.ts";
import { requireRevertible } from "../shared/runs/require-run.ts";
import { beginRun, endRun, type Run } from "../shared/runs/run.ts";
import { forgetPlan, keepPlan, type Planned, type PlanUse } from "../shared/runs/saved-plan.ts";

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
  callGiven(connection, options);
  if (options.run !== "last") wholeNumberGiven("run", options.run);
  const { dryRun = false, force = false, progress = sayNothing } = options;
  const started = performance.now();
  const last = options.run === "last" ? await withSnapshot(connection, options, readLast) : null;
  const reverted = await withReversibleTransaction(connection, options, async (session) => {
    progress("Comparing the changes of the run with what is stored");
    const target =
      options.run === "last" ? await requireLast(session, last) : await requireRevertible(session, options.run);
    const run = beginRun("revert", options, { reverts: target.id });
    const fields = fieldsOf(options);
    const columns = computedColumns(fields);
    const computed = new Set(LEVELS.flatMap((level) => columns[level]));
    const found: Array<UnitStep | Overtaken> = [];
    const above = await readStatesOfRun(session, target.id, (unit) => found.push(stepOfRevert(unit, computed)));
    if (found.length === 0) throw nothingKept(target);
    const wanted = planOfRevert(found);
    const rows = await readRemovedRows(session, wanted.steps);
    const plan = withoutTouched(wanted, await findTouchedColumns(session, rows));
    const overtaken = plan.overtaken.length === 0 ? [] : await withLaterRuns(session, target.id, plan.overtaken);
    const others = plan.steps.filter(({ change }) => !change.isSynced || plan.isOfSync).length;
    if (overtaken.length > 0 && (!force || others === 0)) throw refusal(target, overtaken, others);
    progress("Writing the values of before");
    const direct = plan.steps.map((step) => keptStep(step, rows.get(`${step.change.level} ${step.change.unitId}`)));
    await writeSteps(session, target.id, plan.steps, new Date().toISOString());
    const request = plan.isOfSync ? null : { scope: scopeOf(above), fields, provinces: true };
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

/** The newest run that can be reverted; null if there is none. */
async function readLast(session: Session): Promise<RecordedRun | null> {
  return readNewestRevertible(session, revertedRuns(await readReversals(session)));
}

/**
 * The last run, if it still is the one that was the last before the lock was waited for: whoever reverts the last run at the
 * same time as another means the same run, not the one before.
 *
 * @throws UnitError if there is none, or it is another by now
 */
async function requireLast(session: Session, expected: RecordedRun | null): Promise<RecordedRun> {
  const last = await readLast(session);
  if (last?.id !== expected?.id) throw noLongerLast(expected, last);
  if (last === null) throw new UnitError("RUN_UNKNOWN", "there is no run to take back", LIST_RUNS);
  return last;
}

/** The same with who changed each unit since. */
async function withLaterRuns(session: Session, run: number, overtaken: readonly Overtaken[]): Promise<Overtaken[]> {
  const later = await readLaterChanges(session, run);
  return overtaken.map((unit) => {
    const { change, reason, newer } = unit;
    if (newer === null) return unit;
    const by = overtakingRun(newer, later.get(`${change.level} ${change.unitId}`) ?? []);
    return { ...unit, reason: `${reason} since, by ${by === null ? "another program" : `run ${by}`}` };
  });
}

/** Recalculates the coverages above, unless the run only synced, and records the revert. */
async function finish(
  session: Session,
  run: Run,
  direct: readonly KeptChange[],
  request: SyncRequest | null,
  { progress }: RevertOptions,
): Promise<SyncSummary | null> {
  if (request === null) {
    await endRun(session, run, { plan: null, direct });
    return null;
  }
  progress?.("Recalculating coverages");
  const plan = await applySync(session, request, run, { direct });
  return summarizePlan(plan, summarizeScope(request.scope));
}

function scopeOf({ municipalities, provinces }: PlacesAbove): Scope {
  return {
    kind: municipalities.size > 0 ? "municipality" : "province",
    units: [...(municipalities.size > 0 ? municipalities : provinces).values()].sort(),
    municipalityIds: [...municipalities.keys()],
    provinceIds: [...provinces.keys()],
  };
}
