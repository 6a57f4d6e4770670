import { InputError } from "../../../core/errors.ts";
import { type ValueRules, valueProblem } from "../../../core/plans/plan-values.ts";
import { restoredColumns } from "../../../core/plans/restored-columns.ts";
import { type SavedPlan, type Stale, stepOfPlan } from "../../../core/plans/saved-plan.ts";
import { nothingKept } from "../../../core/reverts/revert-errors.ts";
import { type UnitState, UnitStep } from "../../../core/reverts/unit-step.ts";
import type { StoredChange } from "../../../core/runs/stored-change.ts";
import { LEVELS } from "../../../core/sync/level.ts";
import { computedColumns } from "../../../core/sync/sync-plan.ts";
import { placeOf, type UnitChange } from "../../../core/sync/unit-change.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readChanges } from "../../../db/runs/change-reader.ts";
import { UNIT_TABLES } from "../../../db/runs/unit-tables.ts";
import { valuesAsRead } from "../../../db/schema/schema.ts";
import { requireRevertible } from "./require-run.ts";

/** The step of a plan for a unit as it is now; what has changed since; or why no plan of obc-sync has such a step. */
export type CheckedStep = (unit: UnitState) => UnitStep | Stale | InputError;

/**
 * Finds the steps of a plan. Whoever has made it may have written any values: they have to be those that an import could
 * write, or that stood there before the run that the plan takes back.
 *
 * @throws UnitError if there is no such run, it is taken back already, or what it changed is forgotten
 */
export async function stepsOf(session: Session, { reverts, sync }: SavedPlan): Promise<CheckedStep> {
  const rules = rulesOf(session);
  const run = reverts === null ? null : await requireRevertible(session, reverts);
  const kept = new Map<string, StoredChange>();
  if (run !== null) {
    for (const change of await readChanges(session, run.id)) kept.set(keyOf(change), change);
    if (kept.size === 0) throw nothingKept(run);
  }
  const columns = computedColumns(sync?.fields ?? []);
  const computed = new Set(sync === null ? [] : LEVELS.flatMap((level) => columns[level]));
  return (unit) => {
    const step = stepOfPlan(unit);
    if (!(step instanceof UnitStep)) return step;
    const { change } = unit;
    const known =
      run === null ? NONE : restoredColumns(unit, { id: run.id, change: kept.get(keyOf(change)), computed });
    if (typeof known === "object" && "reason" in known) return known;
    const problem = typeof known === "string" ? known : valueProblem(change, rules, known);
    return problem === null ? step : noStep(change, problem);
  };
}

const NONE: ReadonlySet<string> = new Set();

function keyOf({ level, unitId }: StoredChange): string {
  return `${level} ${unitId}`;
}

function rulesOf({ schema }: Session): ValueRules {
  return {
    texts: schema.texts,
    maxFigure: schema.rules.maxFigure,
    asRead: (level, column, value) =>
      valuesAsRead(schema, UNIT_TABLES[level].table, { [column]: value })[column] ?? null,
  };
}

function noStep(change: UnitChange, problem: string): InputError {
  return new InputError(
    `the plan cannot be applied, nothing was written: ${change.level} ${placeOf(change)} (${change.code}): ${problem}`,
    "Make the plan again.",
  );
}
