import { grouped } from "../grouped.ts";
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
}

/** What a revert does with one unit: gives it other values, adds it again, or removes it. */
export interface RevertStep {
  change: StoredChange;
  isSynced: boolean;
  action: UnitChange["action"];
  /** The values to write, and those that they replace. */
  fields: Record<string, ValueChange>;
}

/** A unit that a revert leaves as it is, because something newer than the run stands there. */
export interface Overtaken {
  change: StoredChange;
  reason: string;
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
    const isLeftToSync = isSynced && !isOfSync;
    const found =
      isSynced && isCurated(unit) ? CURATED : stepOf(unit, isLeftToSync ? NONE : columnsLeftToSync(unit, computed));
    if (typeof found === "object") plan.steps.push({ change, isSynced, ...found });
    else if (!isLeftToSync) plan.overtaken.push({ change, reason: found });
  }
  return plan;
}

type Step = Pick<RevertStep, "action" | "fields">;

const NONE: ReadonlySet<string> = new Set();
const CURATED = "its coverage has been made manual or archived since";
const REMOVED = "it has been removed since";

/** The step for a unit, or why there is none. @param free columns that may have changed since, and then stay */
function stepOf({ change, now, blank, hasPlace }: RevertUnit, free: ReadonlySet<string>): Step | string {
  const { fields } = change;
  if (change.action === "removed") {
    if (now !== null) return "it exists again";
    return hasPlace ? { action: "created", fields: swapped(fields) } : "its place no longer exists";
  }
  if (now === null) return REMOVED;
  if (change.action === "created") {
    const written = (column: string) => fields[column]?.after ?? blank[column] ?? null;
    const other = Object.keys(now).find((column) => now[column] !== written(column));
    return other === undefined ? { action: "removed", fields: swapped(fields) } : changed(other, now, written(other));
  }
  const other = Object.entries(fields).filter(([column, { after }]) => now[column] !== after);
  const taken = other.find(([column]) => !free.has(column));
  if (taken !== undefined) return changed(taken[0], now, taken[1].after);
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

/** Whether somebody keeps the figures of a coverage by hand, or has archived it. */
function isCurated({ now }: RevertUnit): boolean {
  return now !== null && (now.auto_sync === false || now.is_deleted === true);
}

function swapped(fields: Readonly<Record<string, ValueChange>>): Record<string, ValueChange> {
  return Object.fromEntries(
    Object.entries(fields).map(([column, { before, after }]) => [column, { before: after, after: before }]),
  );
}

function changed(column: string, now: Readonly<Record<string, UnitValue>>, left: UnitValue): string {
  return `${column} is ${shown(now[column] ?? null)} now; the run left ${shown(left)}`;
}

function shown(value: UnitValue): string {
  if (value === null) return "none";
  return typeof value === "number" ? grouped(value) : String(value);
}
