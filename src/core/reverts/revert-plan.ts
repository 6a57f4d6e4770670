import type { StoredChange } from "../runs/stored-change.ts";
import type { UnitChange } from "../sync/unit-change.ts";
import { type Obstacle, stepBack, type UnitState, UnitStep } from "./unit-step.ts";

/** A unit that a revert leaves as it is, because something newer than the run stands there. */
export interface Overtaken extends Obstacle {
  change: StoredChange;
}

export interface RevertPlan {
  steps: UnitStep[];
  overtaken: Overtaken[];
  /** Whether the run only synced. No sync follows its revert, since it would write the same values again. */
  isOfSync: boolean;
}

/**
 * What takes a change of a run back: each value gets the one before, unless it is no longer the run's. Where a sync
 * follows, the automatic coverages that the run's own sync changed may have newer figures: they are left to it.
 *
 * @param computed the columns that a sync writes
 */
export function stepOfRevert(unit: UnitState, computed: ReadonlySet<string>): UnitStep | Overtaken {
  const { change } = unit;
  const found = change.isSynced
    ? (curated(unit) ?? stepBack(unit, NONE))
    : stepBack(unit, columnsLeftToSync(unit, computed));
  return found instanceof UnitStep ? found : { change, ...found };
}

/** What takes a run back. @param found of each unit that the run changed */
export function planOfRevert(found: ReadonlyArray<UnitStep | Overtaken>): RevertPlan {
  const isOfSync = found.every(({ change }) => change.isSynced);
  const plan: RevertPlan = { steps: [], overtaken: [], isOfSync };
  for (const unit of found) {
    if (unit instanceof UnitStep) plan.steps.push(unit);
    else if (!unit.change.isSynced || isOfSync) plan.overtaken.push(unit);
  }
  return plan;
}

/**
 * The same without removing the units of which another program has changed a column that is not in the history.
 *
 * @param touched the columns by level and id
 */
export function withoutTouched(plan: RevertPlan, touched: ReadonlyMap<string, string>): RevertPlan {
  const columnOf = ({ change: { level, unitId } }: UnitStep) => touched.get(`${level} ${unitId}`);
  const left = plan.steps.flatMap((step): Overtaken[] => {
    const column = columnOf(step);
    if (column === undefined || (step.change.isSynced && !plan.isOfSync)) return [];
    return [{ change: step.change, reason: `${column} has been changed`, newer: { column, value: null } }];
  });
  return {
    ...plan,
    steps: plan.steps.filter((step) => columnOf(step) === undefined),
    overtaken: [...plan.overtaken, ...left],
  };
}

const NONE: ReadonlySet<string> = new Set();

/** The columns of a coverage that will be automatic after the revert: the sync that follows computes them. */
export function columnsLeftToSync({ change, now }: UnitState, computed: ReadonlySet<string>): ReadonlySet<string> {
  if (change.level === "community" || change.action !== "updated" || now === null) return NONE;
  const { fields } = change;
  const flag = (column: string) => (fields[column] === undefined ? now[column] : fields[column].before);
  return flag("auto_sync") === true && flag("is_deleted") === false ? computed : NONE;
}

/** What a person has made of a coverage whose figures only the sync wrote; null if it is automatic and not archived. */
function curated({ now }: UnitState): Obstacle | null {
  if (now?.is_deleted === true) {
    return { reason: "its coverage has been archived", newer: { column: "is_deleted", value: true } };
  }
  if (now?.auto_sync === false) {
    return { reason: "its coverage has been made manual", newer: { column: "auto_sync", value: false } };
  }
  return null;
}

/** What a run after the one to revert changed in a unit. */
export interface LaterChange {
  run: number;
  change: Pick<UnitChange, "action" | "fields">;
}

/**
 * The run that left a unit as it is now; null if another program did.
 *
 * @param later what later runs changed in the unit, newest first
 */
export function overtakingRun(newer: NonNullable<Overtaken["newer"]>, later: readonly LaterChange[]): number | null {
  const isLeft =
    "action" in newer
      ? ({ change }: LaterChange) => change.action === newer.action
      : ({ change }: LaterChange) => change.fields[newer.column]?.after === newer.value;
  const last = later.find(({ change }) =>
    "action" in newer ? change.action !== "updated" : newer.column in change.fields,
  );
  return last !== undefined && isLeft(last) ? last.run : null;
}
