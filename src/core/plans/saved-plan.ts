import type { Field } from "../fields.ts";
import { stepBack, type UnitState, UnitStep } from "../reverts/unit-step.ts";
import type { RunFile } from "../runs/run.ts";
import type { StoredChange } from "../runs/stored-change.ts";
import type { Scope } from "../sync/scope.ts";
import { placeOf, type UnitChange } from "../sync/unit-change.ts";

/** The database that a plan was made for. */
export interface DatabaseIdentity {
  kind: "sqlite" | "postgres";
  /** The path of the file, or the name of the database; never a password. */
  name: string;
  /** Tells it from others of the name: a hash of when it was set up. */
  id: string;
}

/** What a run will do, exactly: made by a dry run, to be looked at and applied later. */
export interface SavedPlan {
  /** The command that the plan was made with, as the history will list it. */
  command: string;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** Who made it. */
  actor: string;
  database: DatabaseIdentity;
  schema: string;
  /** The file that was read. It is not needed any more. */
  file: RunFile | null;
  /** The run that the plan takes back. */
  reverts: number | null;
  /** Every change, of communities and of coverages, sorted by level and code. */
  changes: readonly StoredChange[];
  /** The sync at its end; null if there is none. */
  sync: { scope: Scope; fields: readonly Field[]; provinces: boolean } | null;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The unit in which something has changed since a plan was made, and what. It names no value: the log of a job that applies
 * plans may be read by others than the data.
 */
export interface Stale {
  change: UnitChange;
  reason: string;
}

/**
 * The step of a plan.
 *
 * @param unit a unit in the other direction: taking back what takes a change back makes the change
 * @returns what has changed, where its values are no longer those that the plan was made from
 */
export function stepOfPlan(unit: UnitState): UnitStep | Stale {
  const { change, placeCode } = unit;
  if (placeCode !== null && placeCode !== change.code) {
    return { change, reason: `its place has the code ${placeCode} now` };
  }
  const found = stepBack(unit, NONE);
  return found instanceof UnitStep ? found : { change, reason: `${found.reason} since` };
}

/** The first unit of two lists of changes that is not the same in both; null if there is none. */
export function firstDifference(planned: readonly StoredChange[], found: readonly StoredChange[]): Stale | null {
  const others = new Map(found.map((change) => [keyOf(change), change]));
  for (const change of planned) {
    const other = others.get(keyOf(change));
    if (other === undefined) return { change, reason: "it would not change any more" };
    const reason = differenceOf(change, other);
    if (reason !== null) return { change, reason };
    others.delete(keyOf(change));
  }
  const [added] = others.values();
  return added === undefined ? null : { change: added, reason: "it would change too" };
}

function differenceOf(planned: StoredChange, found: StoredChange): string | null {
  // Who has looked at the plan has seen another place.
  if (placeOf(planned) !== placeOf(found)) return `its place is ${placeOf(found)} now`;
  if (planned.action !== found.action) return `it would be ${found.action}, not ${planned.action}`;
  if (planned.encoded === found.encoded) return null;
  const [wanted, values] = [planned.fields, found.fields];
  for (const column of new Set([...Object.keys(wanted), ...Object.keys(values)])) {
    const [one, other] = [wanted[column], values[column]];
    if (one?.before === other?.before && one?.after === other?.after) continue;
    return `${column} would ${other === undefined ? "stay as it is" : "change otherwise"} now`;
  }
  return null;
}

function keyOf({ level, code }: UnitChange): string {
  return `${level} ${code}`;
}
