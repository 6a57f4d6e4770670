import type { UnitChange, UnitValue } from "../sync/unit-change.ts";

type Values = Readonly<Record<string, UnitValue>>;

/** When the figures are asked for: the end of a run, or a time after it and before the next. */
export interface PastPoint {
  /** 0 for the time before the first run. */
  run: number;
  /** ISO 8601 in UTC. */
  time: string;
}

/** What one run changed in a unit. */
export interface RunChange {
  run: number;
  /** ISO 8601 in UTC. */
  finishedAt: string;
  change: Pick<UnitChange, "action" | "fields">;
}

/** What is known of a unit. */
export interface KnownUnit {
  /** What runs changed in it, oldest first. */
  changes: readonly RunChange[];
  /** Its values now by column, and when they were written (ISO 8601 in UTC); null where it does not exist. */
  now: { values: Values; createdAt: string | null; updatedAt: string | null } | null;
  /** What a new community or coverage has in the columns that nobody gives a value. */
  blank: Values;
}

/**
 * What another program wrote since: columns, which are shown as the last run before left them; all columns that no run has
 * changed, which are shown blank, because their values of then are not known; or the unit as a whole. `foundBy` is what it
 * may have written: no run until then gave all columns a value, and the others are shown as that later run found them.
 */
export type ForeignChange = { columns: readonly string[] } | { foundBy: number } | "unknown" | "added" | "removed";

export interface PastState {
  /** Null where the unit did not exist. */
  values: Values | null;
  /** Null if no program but this one changed the unit since, as far as its rows and the runs tell. */
  foreign: ForeignChange | null;
}

/**
 * A unit as it stood at a point in time. Two sides are compared: what the runs until then left, and what the first run
 * after it found (today's row, if there is none). Where they differ, another program wrote in between.
 */
export function stateAt(point: PastPoint, unit: KnownUnit): PastState {
  const { changes, now, blank } = unit;
  const earlier = changes.filter(({ run }) => run <= point.run);
  const later = changes.filter(({ run }) => run > point.run);
  const left = stateLeft(earlier, blank);
  const found = stateFound(later, now?.values ?? null, blank);
  if (left === null) return { values: null, foreign: found === null ? null : "added" };
  if (found === null) {
    return left === undefined ? { values: null, foreign: null } : { values: { ...blank, ...left }, foreign: "removed" };
  }
  if (left === undefined && isAddedSince(point, unit, later)) return { values: null, foreign: "added" };
  const written = foreignWrite(unit);
  // The row is as another program left it before the point in time.
  if (later.length === 0 && written !== null && endOfSecond(written) <= point.time) {
    return { values: found, foreign: null };
  }
  const values = { ...found, ...left };
  const unknown = written !== null && endOfSecond(written) > point.time ? unknownColumns(values, left, later) : [];
  if (unknown.length > 0) {
    return {
      values: { ...values, ...Object.fromEntries(unknown.map((column) => [column, null])) },
      foreign: "unknown",
    };
  }
  const columns = Object.keys(left ?? {}).filter((column) => values[column] !== (found[column] ?? null));
  if (columns.length > 0) return { values, foreign: { columns } };
  const [next] = later;
  const isKnown = next === undefined || Object.keys(found).every((column) => column in (left ?? {}));
  return { values, foreign: isKnown ? null : { foundBy: next.run } };
}

/** Other programs may store whole seconds. */
function endOfSecond(time: string): string {
  return time.replace(/\.000Z$/, ".999Z");
}

/** The columns that the runs give a value, going forward; null if the last removed the unit, undefined if there is none. */
function stateLeft(changes: readonly RunChange[], blank: Values): Values | null | undefined {
  let state: Values | null | undefined;
  for (const { change } of changes) {
    if (change.action === "removed") state = null;
    else state = withValues(change.action === "created" ? blank : (state ?? {}), change, "after");
  }
  return state;
}

/** All values before the runs, going back from today; null if the unit did not exist. */
function stateFound(changes: readonly RunChange[], now: Values | null, blank: Values): Values | null {
  let state = now;
  for (const { change } of changes.toReversed()) {
    if (change.action === "created") state = null;
    else state = withValues(change.action === "removed" || state === null ? blank : state, change, "before");
  }
  return state;
}

function withValues(state: Values, { fields }: RunChange["change"], side: "before" | "after"): Values {
  const values = { ...state };
  for (const [column, change] of Object.entries(fields)) values[column] = change[side];
  return values;
}

/** Whether another program added the row that is stored now after the point in time. */
function isAddedSince(point: PastPoint, { now }: KnownUnit, later: readonly RunChange[]): boolean {
  const isTheSameRow = later.every(({ change }) => change.action === "updated");
  return isTheSameRow && endOfSecond(now?.createdAt ?? "") > point.time;
}

/** When another program wrote the row after the last run that did; null if its time does not tell. */
function foreignWrite({ changes, now }: KnownUnit): string | null {
  const written = now?.updatedAt ?? "";
  return written > (changes.at(-1)?.finishedAt ?? "") ? written : null;
}

/** The columns of today's row that no run has changed. The flags are no figures. */
function unknownColumns(values: Values, left: Values | undefined, later: readonly RunChange[]): string[] {
  const known = new Set([...Object.keys(left ?? {}), ...later.flatMap(({ change }) => Object.keys(change.fields))]);
  return Object.keys(values).filter((column) => !known.has(column) && typeof values[column] !== "boolean");
}
