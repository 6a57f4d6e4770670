import { columnsLeftToSync } from "../reverts/revert-plan.ts";
import type { UnitState } from "../reverts/unit-step.ts";
import type { StoredChange } from "../runs/stored-change.ts";
import { isCoverage } from "../sync/unit-change.ts";
import type { Stale } from "./saved-plan.ts";

/** The run that a plan takes back. */
export interface RevertedRun {
  id: number;
  /** What it changed in the unit; undefined if nothing. */
  change: StoredChange | undefined;
  /** The columns that the sync at the end of the plan computes. */
  computed: ReadonlySet<string>;
}

/**
 * The columns to which a plan gives the values that they had before the run that it takes back. The others are figures of an
 * automatic coverage, which the sync of the plan computes again.
 *
 * @param unit as `stepOfPlan` takes it
 * @returns what else the plan changes, which no revert of the run does; or that the coverage is no longer automatic
 */
export function restoredColumns(unit: UnitState, run: RevertedRun): ReadonlySet<string> | Stale | string {
  const { action, fields } = unit.change;
  if (run.change === undefined) return `run ${run.id}, which the plan takes back, has not changed it`;
  // The sync creates an automatic coverage where the revert has removed a manual one.
  const isCreatedAgain = run.change.action === "created" && action === "updated" && isCoverage(unit.change.level);
  if (run.change.action !== action && !isCreatedAgain) {
    return `it was ${run.change.action} by run ${run.id}, which the plan takes back`;
  }
  const changed = run.change.fields;
  const restored = new Set<string>();
  const left = columnsLeftToSync(unit, run.computed);
  for (const column of new Set([...Object.keys(fields), ...(action === "removed" ? Object.keys(changed) : [])])) {
    const [given, known] = [fields[column], changed[column]];
    const before = isCreatedAgain ? unit.blank[column] : known?.before;
    const isRestored = given !== undefined && given.before === before && given.after === known?.after;
    if (isRestored) restored.add(column);
    if (isRestored || left.has(column)) continue;
    const isComputed = given !== undefined && run.computed.has(column) && isCoverage(unit.change.level);
    if (isComputed) return { change: unit.change, reason: "its coverage is not automatic any more" };
    return `${column} does not get the value that it had before run ${run.id}`;
  }
  return restored;
}
