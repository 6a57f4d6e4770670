import { DatabaseError, InputError, UnitError } from "../../core/errors.ts";
import { checkedPlan } from "../../core/plans/plan-form.ts";
import type { ApplyReport } from "../../core/plans/plan-report.ts";
import { type DatabaseIdentity, firstDifference, type SavedPlan, type Stale } from "../../core/plans/saved-plan.ts";
import { keptStep, UnitStep } from "../../core/reverts/unit-step.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import { summarizeScope } from "../../core/sync/scope.ts";
import { type SyncSummary, summarizePlan } from "../../core/sync/sync-report.ts";
import { placeOf } from "../../core/sync/unit-change.ts";
import type { Session } from "../../db/connection/session.ts";
import { findTouchedColumns, readRemovedRows } from "../../db/reverts/removed-rows.ts";
import { writeSteps } from "../../db/reverts/step-store.ts";
import { readStatesOf } from "../../db/reverts/unit-state-reader.ts";
import { readChanges } from "../../db/runs/change-reader.ts";
import { readIdentity } from "../../db/runs/identity-reader.ts";
import { type Connection, withExclusiveTransaction } from "../../db/transaction/transaction.ts";
import { callGiven } from "../shared/given-options.ts";
import { type OperationOptions, sayNothing } from "../shared/options.ts";
import { applySync } from "../shared/runs/apply-sync.ts";
import { stepsOf } from "../shared/runs/plan-checks.ts";
import { beginRun, endRun, type Run } from "../shared/runs/run.ts";

/**
 * Does what a plan says, exactly that, all or nothing: what was reviewed is what runs.
 *
 * @param given a plan, or what JSON makes of one
 * @throws InputError if no operation would make such a plan, naming the unit, the column and the value; DatabaseError if the
 *   plan was made for another database or schema; UnitError (PLAN_STALE) if anything has changed
 *   since, naming the first unit; LockHeldError if another run holds the lock until the timeout
 */
export async function apply(
  connection: Connection,
  given: SavedPlan,
  options: OperationOptions = {},
): Promise<Omit<ApplyReport, "file">> {
  callGiven(connection, options);
  const plan = checkedPlan("the plan", given, [given?.changes].flat());
  const { progress = sayNothing } = options;
  const started = performance.now();
  const { command, file, reverts } = plan;
  const run = beginRun(command, options, { file, reverts });
  const applied = await withExclusiveTransaction(connection, options, async (session) => {
    progress("Comparing the plan with what is stored");
    refuseOther(plan, session.schema.name, await readIdentity(session));
    const direct = await writeDirect(session, plan);
    progress("Recalculating coverages");
    const sync = await finish(session, run, plan, direct);
    const changes = await readChanges(session, run.id as number);
    const stale = firstDifference(plan.changes, changes);
    if (stale !== null) throw refusal(stale);
    return { run: run.id as number, changes, sync };
  });
  return { command: "apply", plan, ...applied, durationMs: performance.now() - started };
}

function refuseOther(plan: SavedPlan, schema: string, identity: DatabaseIdentity): void {
  const { database } = plan;
  if (database.id !== identity.id && database.name === identity.name) {
    throw new DatabaseError(
      "PLAN_FOREIGN",
      `the database ${identity.name} has been set up anew since the plan was made, or replaced by another`,
      "Make the plan again.",
    );
  }
  if (database.id !== identity.id) {
    throw new DatabaseError(
      "PLAN_FOREIGN",
      `the plan was made for another database: ${database.name} (${database.kind}), and this one is ${identity.name} (${identity.kind})`,
      "Give the database that it was made for with --database, or make a plan for this one.",
    );
  }
  if (plan.schema === schema) return;
  throw new DatabaseError(
    "PLAN_FOREIGN",
    `the plan was made for the schema "${plan.schema}", and the database has "${schema}"`,
    "Make the plan again.",
  );
}

/** Writes what the plan changes besides its sync; where it has none, everything. */
async function writeDirect(session: Session, plan: SavedPlan): Promise<KeptChange[]> {
  const { changes, sync, reverts } = plan;
  const direct = sync === null ? changes : changes.filter(({ isSynced }) => !isSynced);
  const stepOf = await stepsOf(session, plan);
  const steps: UnitStep[] = [];
  const refused: Array<Stale | InputError> = [];
  await readStatesOf(
    session,
    direct.map((change) => change.reversed()),
    (unit) => {
      const found = stepOf(unit);
      if (found instanceof UnitStep) steps.push(found);
      else refused.push(found);
    },
  );
  const [first] = refused;
  if (first !== undefined) throw first instanceof InputError ? first : refusal(first);
  const rows = await readRemovedRows(session, steps);
  const [touched] = await findTouchedColumns(session, rows);
  if (touched !== undefined) throw refusal(touchedIn(steps, touched));
  const kept = steps.map((step) => keptStep(step, rows.get(`${step.change.level} ${step.change.unitId}`)));
  await writeSteps(session, reverts, steps, new Date().toISOString());
  return kept;
}

/** @param touched the level and id of a unit, and a column that another program has filled */
function touchedIn(steps: readonly UnitStep[], [unit, column]: [string, string]): Stale {
  const { change } = steps.find(({ change: { level, unitId } }) => unit === `${level} ${unitId}`) as UnitStep;
  return { change, reason: `${column} has been changed since` };
}

async function finish(
  session: Session,
  run: Run,
  { sync }: SavedPlan,
  direct: readonly KeptChange[],
): Promise<SyncSummary | null> {
  if (sync === null) {
    await endRun(session, run, { plan: null, direct });
    return null;
  }
  const { scope, ...request } = sync;
  const plan = await applySync(session, { ...request, scope }, run, { direct });
  return summarizePlan(plan, summarizeScope(scope));
}

function refusal({ change, reason }: Stale): UnitError {
  return new UnitError(
    "PLAN_STALE",
    `the plan is stale, nothing was written: something has changed since it was made. First: ${change.level} ${placeOf(change)} (${change.code}): ${reason}`,
    "Make the plan again, look at it and apply it.",
  );
}
