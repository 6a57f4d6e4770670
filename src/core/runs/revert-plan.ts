import type { StoredChange } from "./stored-change.ts";
import { isCurated, isStep, type Obstacle, shownValue, stepBack, type UnitState, type UnitStep } from "./unit-step.ts";

/** A unit that a revert leaves as it is, because something newer than the run stands there. */
export interface Overtaken {
  change: StoredChange;
  reason: string;
}

export interface RevertPlan {
  steps: UnitStep[];
  overtaken: Overtaken[];
  /** Whether the run only synced. No sync follows its revert, since it would write the same values again. */
  isOfSync: boolean;
}

/**
 * What takes a run back: each value that it changed gets the one before, unless the value is no longer the run's. Where a
 * sync follows, the automatic coverages that the run's own sync changed may have newer figures: they are left to it.
 *
 * @param computed the columns that a sync writes
 */
export function stepsOfRevert(units: readonly UnitState[], computed: ReadonlySet<string>): RevertPlan {
  const isOfSync = units.every(({ change }) => change.isSynced);
  const plan: RevertPlan = { steps: [], overtaken: [], isOfSync };
  for (const unit of units) {
    const { change } = unit;
    const isLeftToSync = change.isSynced && !isOfSync;
    const found =
      change.isSynced && isCurated(unit)
        ? CURATED
        : stepBack(unit, isLeftToSync ? NONE : columnsLeftToSync(unit, computed));
    if (isStep(found)) plan.steps.push(found);
    else if (!isLeftToSync) plan.overtaken.push({ change, reason: describe(found) });
  }
  return plan;
}

const NONE: ReadonlySet<string> = new Set();
const CURATED: Obstacle = { kind: "curated" };

/** The columns of a coverage that will be automatic after the revert: the sync that follows computes them. */
function columnsLeftToSync({ change, now }: UnitState, computed: ReadonlySet<string>): ReadonlySet<string> {
  if (change.level === "community" || change.action !== "updated" || now === null) return NONE;
  const { fields } = change;
  const flag = (column: string) => (fields[column] === undefined ? now[column] : fields[column].before);
  return flag("auto_sync") === true && flag("is_deleted") === false ? computed : NONE;
}

function describe(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "removed":
      return "it has been removed since";
    case "exists":
      return "it exists again";
    case "placeless":
      return "its place no longer exists";
    case "curated":
      return "it has been made manual or archived since";
    case "changed": {
      const { column, now, expected } = obstacle;
      return `${column} is ${shownValue(now)} now; the run left ${shownValue(expected)}`;
    }
  }
}
