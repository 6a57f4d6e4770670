import type { UnitChange, UnitValue, ValueChange } from "../sync/unit-change.ts";
import type { KeptChange } from "./kept-change.ts";
import type { StoredChange } from "./stored-change.ts";

/** A unit that a change has been made in, as it is now. */
export interface UnitState {
  change: StoredChange;
  /** Its values now by column; null where it does not exist. */
  now: Readonly<Record<string, UnitValue>> | null;
  /** What a new community or coverage has in the columns that nobody gives a value. */
  blank: Readonly<Record<string, UnitValue>>;
  /** The code of its barangay, municipality or province now; null where that does not exist. */
  placeCode: string | null;
  /** Version of the row that was read; null where there is none, or where it is locked. */
  version: string | null;
}

/** What is to be done with one unit: give it other values, add it, or remove it. */
export interface UnitStep {
  change: StoredChange;
  action: UnitChange["action"];
  /** The values to write, and those that they replace. */
  fields: Record<string, ValueChange>;
  /** As in UnitState. */
  version: string | null;
}

/** Why a change cannot be taken back: what stands there is not what it left. */
export interface Obstacle {
  /** What is newer, without its value: the reason is part of an error. */
  reason: string;
  /** The column that is newer and its value now, or what was done to the unit; null where its place is gone. */
  newer: { column: string; value: UnitValue } | { action: "created" | "removed" } | null;
}

type Values = Readonly<Record<string, UnitValue>>;

/**
 * The step that takes a change back, or what prevents it.
 *
 * @param free columns that may have changed since, and then stay as they are
 */
export function stepBack(
  { change, now, blank, placeCode, version }: UnitState,
  free: ReadonlySet<string>,
): UnitStep | Obstacle {
  const { fields } = change;
  const back = (action: UnitChange["action"], changed: UnitChange["fields"]) => ({
    change,
    action,
    fields: swapped(changed),
    version,
  });
  if (change.action === "removed") {
    if (now !== null) return { reason: "it has been added", newer: { action: "created" } };
    return placeCode !== null ? back("created", fields) : { reason: "its place no longer exists", newer: null };
  }
  if (now === null) return { reason: "it has been removed", newer: { action: "removed" } };
  if (change.action === "created") {
    const written = (column: string) => fields[column]?.after ?? blank[column] ?? null;
    const other = Object.keys(now).find((column) => now[column] !== written(column));
    return other === undefined ? back("removed", fields) : changed(other, now);
  }
  const others = Object.entries(fields).filter(([column, { after }]) => now[column] !== after);
  const taken = others.find(([column]) => !free.has(column));
  if (taken !== undefined) return changed(taken[0], now);
  const kept = new Set(others.map(([column]) => column));
  return back("updated", Object.fromEntries(Object.entries(fields).filter(([column]) => !kept.has(column))));
}

export function isStep(found: UnitStep | Obstacle): found is UnitStep {
  return "change" in found;
}

/** What a step changes. @param removedRow the whole row that it removes from an application's table */
export function keptStep({ change, action, fields }: UnitStep, removedRow: string | undefined): KeptChange {
  const { level, unitId, code, name, parent, province, isSynced } = change;
  const unit = { level, unitId, code, name, parent, province, action, fields, isSynced };
  return removedRow === undefined ? unit : { ...unit, removedRow };
}

function changed(column: string, now: Values): Obstacle {
  return { reason: `${column} has been changed`, newer: { column, value: now[column] ?? null } };
}

/** The fields of a change in the other direction. */
export function swapped(fields: UnitChange["fields"]): Record<string, ValueChange> {
  return Object.fromEntries(
    Object.entries(fields).map(([column, { before, after }]) => [column, { before: after, after: before }]),
  );
}

/** The change that removes a unit with all its values; null where it does not exist. */
export function removalOf({ change, now, blank }: UnitState): KeptChange | null {
  if (now === null) return null;
  const { level, unitId, code, name, parent, province } = change;
  const kept = Object.entries(now).filter(
    ([column, value]) => value !== (FLAGS.includes(column) ? blank[column] : null),
  );
  const fields = Object.fromEntries(kept.map(([column, before]) => [column, { before, after: null }]));
  return { level, unitId, code, name, parent, province, action: "removed", fields };
}

const FLAGS: readonly string[] = ["is_deleted", "auto_sync"];
