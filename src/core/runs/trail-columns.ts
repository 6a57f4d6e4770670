import { COMMUNITY_COORDINATES, COMMUNITY_TEXT_COLUMNS, FIELDS } from "../fields.ts";
import type { UnitChange, UnitValue, ValueChange } from "../sync/unit-change.ts";

/**
 * Every column whose changes a run keeps. A stored run refers to a column by its position here, which takes a third of the
 * space of its name: 42,011 changed communities take 12 MB. So positions never change: new columns are appended.
 */
const TRAIL_COLUMNS: readonly string[] = [
  "is_deleted",
  "auto_sync",
  "existing_support_programs",
  "total_municipalities",
  "total_obc_communities",
  "key_barangays",
  "key_municipalities",
  ...COMMUNITY_TEXT_COLUMNS,
  ...Object.keys(COMMUNITY_COORDINATES),
  ...FIELDS,
];

const POSITIONS = new Map(TRAIL_COLUMNS.map((column, position) => [column, position]));

/** The position of a column in a stored run. @throws TypeError if a run does not keep the column */
export function trailPosition(column: string): number {
  const position = POSITIONS.get(column);
  if (position === undefined) throw new TypeError(`a run keeps no column ${column}`);
  return position;
}

type Action = UnitChange["action"];

/** How many items of the array stand for one column. */
const WIDTH: Record<Action, number> = { created: 2, updated: 3, removed: 2 };

/**
 * The changes of one unit as a run stores them: a JSON array of position, value before and value after, repeated. Where the
 * unit is created or removed, only of position and value: a third less for a first import.
 */
export function encodeFields(action: Action, fields: UnitChange["fields"]): string {
  const flat: UnitValue[] = [];
  for (const [column, { before, after }] of Object.entries(fields)) {
    flat.push(trailPosition(column), ...valuesOf(action, before, after));
  }
  return JSON.stringify(flat);
}

function valuesOf(action: Action, before: UnitValue, after: UnitValue): UnitValue[] {
  if (action === "created") return [after];
  return action === "removed" ? [before] : [before, after];
}

const ONE_VALUE = {
  created: (after: UnitValue): ValueChange => ({ before: null, after }),
  removed: (before: UnitValue): ValueChange => ({ before, after: null }),
};

/** The same by column, in the order in which they were stored. @param form what to return for a text */
export function decodeFields(
  stored: string,
  action: Action,
  form: (text: string) => string,
): Record<string, ValueChange> {
  const flat = JSON.parse(stored) as UnitValue[];
  const fields: Record<string, ValueChange> = {};
  const width = WIDTH[action];
  for (let index = 0; index < flat.length; index += width) {
    const first = formed(flat[index + 1] ?? null, form);
    fields[TRAIL_COLUMNS[flat[index] as number] as string] =
      action === "updated" ? { before: first, after: formed(flat[index + 2] ?? null, form) } : ONE_VALUE[action](first);
  }
  return fields;
}

/** The columns of the same. */
export function columnsIn(stored: string, action: Action): string[] {
  const flat = JSON.parse(stored) as UnitValue[];
  return flat
    .filter((_, index) => index % WIDTH[action] === 0)
    .map((position) => TRAIL_COLUMNS[Number(position)] as string);
}

/** What takes the same back, in the same form. @param without columns to leave out */
export function reverseFields(stored: string, action: Action, without: ReadonlySet<string>): string {
  // Where there is one value, it is the same for a unit that is created as for one that is removed.
  if (action !== "updated") return stored;
  const flat = JSON.parse(stored) as UnitValue[];
  const reversed: UnitValue[] = [];
  for (let index = 0; index < flat.length; index += WIDTH.updated) {
    const [position, before, after] = [flat[index], flat[index + 1], flat[index + 2]] as [number, UnitValue, UnitValue];
    if (!without.has(TRAIL_COLUMNS[position] as string)) reversed.push(position, after, before);
  }
  return JSON.stringify(reversed);
}

function formed(value: UnitValue, form: (text: string) => string): UnitValue {
  return typeof value === "string" ? form(value) : value;
}
