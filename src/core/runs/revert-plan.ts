import type { UnitChange, UnitValue, ValueChange } from "../sync/unit-change.ts";
import type { StoredChange } from "./stored-change.ts";

/** A unit that a run changed, as it is now. */
export interface RevertUnit {
  change: StoredChange;
  /** Whether only the sync of the run changed it. */
  isSynced: boolean;
  /** Its values now by column; null where it does not exist. */
  now: Readonly<Record<string, UnitValue>> | null;
  /** What a new community or coverage has in the columns that nobody gives a value. */
  blank: Readonly<Record<string, UnitValue>>;
  /** Whether its barangay, municipality or province exists. */
  hasPlace: boolean;
  /** Version of the row that was read; null where there is none, or where it is locked. */
  version: string | null;
}

/** What a revert does with one unit: gives it other values, adds it again, or removes it. */
export interface RevertStep {
  change: StoredChange;
  isSynced: boolean;
  action: UnitChange["action"];
  /** The values to write, and those that they replace. */
  fields: Record<string, ValueChange>;
  /** As in RevertUnit. */
  version: string | null;
}

/** A unit that a revert leaves as it is, because something newer than the run stands there. */
export interface Overtaken {
  change: StoredChange;
  /** What is newer, without its value: the reason is part of an error. */
  reason: string;
  /** The column that is newer and its value now, or what was done to the unit; null where its place is gone. */
  newer: { column: string; value: UnitValue } | { action: "created" | "removed" } | null;
}

export interface RevertPlan {
  steps: RevertStep[];
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
export function planRevert(units: readonly RevertUnit[], computed: ReadonlySet<string>): RevertPlan {
  const isOfSync = units.every(({ isSynced }) => isSynced);
  const plan: RevertPlan = { steps: [], overtaken: [], isOfSync };
  for (const unit of units) {
    const { change, isSynced } = unit;
    const found = isSynced ? (curated(unit) ?? stepOf(unit, NONE)) : stepOf(unit, columnsLeftToSync(unit, computed));
    if ("action" in found) plan.steps.push({ change, isSynced, version: unit.version, ...found });
    else if (!isSynced || isOfSync) plan.overtaken.push({ change, ...found });
  }
  return plan;
}

/**
 * The same without removing the units of which another program has changed a column that is not in the history.
 *
 * @param touched the columns by level and id
 */
export function withoutTouched(plan: RevertPlan, touched: ReadonlyMap<string, string>): RevertPlan {
  const columnOf = ({ change: { level, unitId } }: RevertStep) => touched.get(`${level} ${unitId}`);
  const left = plan.steps.flatMap((step): Overtaken[] => {
    const column = columnOf(step);
    if (column === undefined || (step.isSynced && !plan.isOfSync)) return [];
    return [{ change: step.change, reason: `${column} has been changed`, newer: { column, value: null } }];
  });
  return {
    ...plan,
    steps: plan.steps.filter((step) => columnOf(step) === undefined),
    overtaken: [...plan.overtaken, ...left],
  };
}

type Step = Pick<RevertStep, "action" | "fields">;
type Obstacle = Omit<Overtaken, "change">;

const NONE: ReadonlySet<string> = new Set();

/** The step for a unit, or why there is none. @param free columns that may have changed since, and then stay */
function stepOf({ change, now, blank, hasPlace }: RevertUnit, free: ReadonlySet<string>): Step | Obstacle {
  const { fields } = change;
  if (change.action === "removed") {
    if (now !== null) return { reason: "it has been added again", newer: { action: "created" } };
    if (!hasPlace) return { reason: "its place no longer exists", newer: null };
    return { action: "created", fields: swapped(fields) };
  }
  if (now === null) return { reason: "it has been removed", newer: { action: "removed" } };
  if (change.action === "created") {
    const written = (column: string) => fields[column]?.after ?? blank[column] ?? null;
    const other = Object.keys(now).find((column) => now[column] !== written(column));
    return other === undefined ? { action: "removed", fields: swapped(fields) } : changed(other, now);
  }
  const other = Object.entries(fields).filter(([column, { after }]) => now[column] !== after);
  const taken = other.find(([column]) => !free.has(column));
  if (taken !== undefined) return changed(taken[0], now);
  const kept = new Set(other.map(([column]) => column));
  return {
    action: "updated",
    fields: swapped(Object.fromEntries(Object.entries(fields).filter(([column]) => !kept.has(column)))),
  };
}

/** The columns of a coverage that will be automatic after the revert: the sync that follows computes them. */
function columnsLeftToSync({ change, now }: RevertUnit, computed: ReadonlySet<string>): ReadonlySet<string> {
  if (change.level === "community" || change.action !== "updated" || now === null) return NONE;
  const { fields } = change;
  const flag = (column: string) => (fields[column] === undefined ? now[column] : fields[column].before);
  return flag("auto_sync") === true && flag("is_deleted") === false ? computed : NONE;
}

/** What a person has made of a coverage whose figures only the sync wrote; null if it is automatic and not archived. */
function curated({ now }: RevertUnit): Obstacle | null {
  if (now?.is_deleted === true) {
    return { reason: "its coverage has been archived", newer: { column: "is_deleted", value: true } };
  }
  if (now?.auto_sync === false) {
    return { reason: "its coverage has been made manual", newer: { column: "auto_sync", value: false } };
  }
  return null;
}

function swapped(fields: Readonly<Record<string, ValueChange>>): Record<string, ValueChange> {
  return Object.fromEntries(
    Object.entries(fields).map(([column, { before, after }]) => [column, { before: after, after: before }]),
  );
}

function changed(column: string, now: Readonly<Record<string, UnitValue>>): Obstacle {
  return { reason: `${column} has been changed`, newer: { column, value: now[column] ?? null } };
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
