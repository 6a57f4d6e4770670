import type { KeptChange } from "../runs/kept-change.ts";
import type { StoredChange } from "../runs/stored-change.ts";
import type { UnitValue } from "../sync/unit-change.ts";

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

/** What takes back a change of one unit: gives it the earlier values, adds it, or removes it. */
export class UnitStep {
  /** What the step changes. */
  readonly change: StoredChange;
  /** As in UnitState. */
  readonly version: string | null;

  /** @param left columns that stay as they are */
  constructor({ change, version }: Pick<UnitState, "change" | "version">, left?: ReadonlySet<string>) {
    this.change = change.reversed(left);
    this.version = version;
  }
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
export function stepBack(unit: UnitState, free: ReadonlySet<string>): UnitStep | Obstacle {
  const { change, now, blank, placeCode } = unit;
  if (change.action === "removed") {
    if (now !== null) return { reason: "it has been added", newer: { action: "created" } };
    return placeCode !== null ? new UnitStep(unit) : { reason: "its place no longer exists", newer: null };
  }
  if (now === null) return { reason: "it has been removed", newer: { action: "removed" } };
  const { fields } = change;
  if (change.action === "created") {
    const written = (column: string) => fields[column]?.after ?? blank[column] ?? null;
    const other = Object.keys(now).find((column) => now[column] !== written(column));
    return other === undefined ? new UnitStep(unit) : changed(other, now);
  }
  const others = Object.keys(fields).filter((column) => now[column] !== fields[column]?.after);
  const taken = others.find((column) => !free.has(column));
  if (taken !== undefined) return changed(taken, now);
  return others.length === 0 ? new UnitStep(unit) : new UnitStep(unit, new Set(others));
}

/** What a step changes. @param removedRow the whole row that it removes from an application's table */
export function keptStep({ change }: UnitStep, removedRow: string | undefined): KeptChange {
  if (removedRow === undefined) return change;
  const { level, unitId, code, name, parent, province, action, isSynced, fields } = change;
  return { level, unitId, code, name, parent, province, action, isSynced, fields, removedRow };
}

function changed(column: string, now: Values): Obstacle {
  return { reason: `${column} has been changed`, newer: { column, value: now[column] ?? null } };
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
