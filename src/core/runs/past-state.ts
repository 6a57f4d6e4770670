import type { UnitChange, UnitValue } from "../sync/unit-change.ts";

type Values = Readonly<Record<string, UnitValue>>;

/** What one run changed in a unit. */
export interface RunChange {
  run: number;
  change: Pick<UnitChange, "action" | "fields">;
}

/** What is known of a unit. */
export interface KnownUnit {
  /** What runs changed in it, oldest first. */
  changes: readonly RunChange[];
  /** Its values now by column; null where it does not exist. */
  now: Values | null;
  /** What a new community or coverage has in the columns that nobody gives a value. */
  blank: Values;
}

export interface PastState {
  /** Null where the unit did not exist. */
  values: Values | null;
  /**
   * What another program has changed since: the columns, or that it added or removed the unit; null if nothing that the
   * runs show. The values are those that the last run before left.
   */
  foreign: { columns: string[] } | "added" | "removed" | null;
}

/**
 * A unit as it stood when a run had ended. Two sides are compared: what the runs until then left, and what the first run
 * after it found (today, if there is none). Where they differ, another program wrote in between.
 *
 * @param run 0 for the time before the first
 */
export function stateAfter(run: number, { changes, now, blank }: KnownUnit): PastState {
  const left = stateLeft(
    changes.filter((entry) => entry.run <= run),
    blank,
  );
  const found = stateFound(
    changes.filter((entry) => entry.run > run),
    now,
    blank,
  );
  if (left === undefined) return { values: found, foreign: null };
  if (left === null) return { values: null, foreign: found === null ? null : "added" };
  if (found === null) return { values: { ...blank, ...left }, foreign: "removed" };
  const columns = Object.keys(left).filter((column) => left[column] !== (found[column] ?? null));
  return { values: { ...found, ...left }, foreign: columns.length === 0 ? null : { columns } };
}

/** The columns that the runs give a value, going forward; null if the last removed the unit, undefined if there is none. */
function stateLeft(changes: readonly RunChange[], blank: Values): Values | null | undefined {
  let state: Values | null | undefined;
  for (const { change } of changes) {
    const after = side(change, "after");
    if (change.action === "removed") state = null;
    else state = change.action === "created" ? { ...blank, ...after } : { ...state, ...after };
  }
  return state;
}

/** All values before the runs, going back from today; null if the unit did not exist. */
function stateFound(changes: readonly RunChange[], now: Values | null, blank: Values): Values | null {
  let state = now;
  for (const { change } of [...changes].reverse()) {
    const before = side(change, "before");
    if (change.action === "created") state = null;
    else state = { ...(change.action === "removed" || state === null ? blank : state), ...before };
  }
  return state;
}

function side({ fields }: RunChange["change"], which: "before" | "after"): Values {
  return Object.fromEntries(Object.entries(fields).map(([column, change]) => [column, change[which]]));
}
