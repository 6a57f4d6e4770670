import { COMMUNITY_COORDINATES, MAX_COVERAGE_FIGURE } from "../fields.ts";
import { COMMUNITY_COLUMNS, communityColumnTakes } from "../records/community.ts";
import { coverageColumns, coverageColumnTakes } from "../records/coverage.ts";
import { isStorableText, named } from "../records/given-values.ts";
import { StoredChange } from "../runs/stored-change.ts";
import { encodeFields } from "../runs/trail-columns.ts";
import { placeOf, UNIT_LEVELS, type UnitChange, type UnitLevel, type UnitValue } from "../sync/unit-change.ts";

const FLAGS = ["is_deleted", "auto_sync"];

/** The columns of which a run keeps changes. */
const COLUMNS: Record<UnitLevel, ReadonlySet<string>> = {
  community: new Set(["is_deleted", ...COMMUNITY_COLUMNS]),
  municipality: new Set([...FLAGS, ...coverageColumns("municipality")]),
  province: new Set([...FLAGS, ...coverageColumns("province")]),
};

const ACTIONS = ["created", "updated", "removed"];

type Fields = Record<string, { before: UnitValue; after: UnitValue }>;

/** A change from JSON; where it is none, what is wrong with it, with the unit as far as it is named. */
export function checkedChange(given: unknown): StoredChange | string {
  if (!isRecord(given)) return `cannot be ${named(given)}`;
  const { level, unitId, code, name, parent, province = "", action, synced = false, isSynced = synced } = given;
  if (!UNIT_LEVELS.includes(level as UnitLevel)) return `level cannot be ${named(level)}`;
  if (!ACTIONS.includes(action as string)) return `action cannot be ${named(action)}`;
  if (!Number.isSafeInteger(unitId) || Number(unitId) < 1) return `unitId cannot be ${named(unitId)}`;
  for (const [key, text] of Object.entries({ code, name, parent, province })) {
    if (!isStorableText(text)) return `${key} cannot be ${named(text)}`;
  }
  const unit = given as unknown as UnitChange & { unitId: number };
  const place = `${level} ${placeOf(unit)} (${code})`;
  if (typeof isSynced !== "boolean") return `${place}: synced cannot be ${named(isSynced)}`;
  const fields = checkedFields(unit, given.fields);
  if (typeof fields === "string") return `${place}: ${fields}`;
  const { fields: _, ...rest } = unit;
  return new StoredChange({ ...rest, isSynced }, encodeFields(unit.action, fields));
}

function checkedFields({ level, action }: UnitChange, given: unknown): Fields | string {
  if (!isRecord(given)) return `fields cannot be ${named(given)}`;
  const fields: Fields = {};
  for (const [column, values] of Object.entries(given)) {
    if (!COLUMNS[level].has(column)) return `there is no column ${named(column)}`;
    const pair = Array.isArray(values) ? values : isRecord(values) ? [values.before, values.after] : [];
    if (pair.length !== 2) return `${column} needs a value before and a value after, not ${named(values)}`;
    const [before, after] = pair;
    const problem =
      problemOf(level, column, before, action !== "created") ?? problemOf(level, column, after, action !== "removed");
    if (problem !== null) return problem;
    fields[column] = { before, after };
  }
  return fields;
}

function problemOf(level: UnitLevel, column: string, value: unknown, isThere: boolean): string | null {
  const takes = takesInstead(level, column, value, isThere);
  return takes === null ? null : `${column} cannot be ${named(value)}: it takes ${takes}`;
}

/** What a database can have stored. `valueProblem` knows what may be written to it. */
function takesInstead(level: UnitLevel, column: string, value: unknown, isThere: boolean): string | null {
  if (!isThere) return value === null ? null : "null, since the unit is not there";
  if (FLAGS.includes(column)) return typeof value === "boolean" ? null : "true or false";
  if (value === null) return null;
  if (column in COMMUNITY_COORDINATES) return Number.isFinite(value) ? null : "a number or null";
  return level === "community"
    ? communityColumnTakes(column, value)
    : coverageColumnTakes(column, value, MAX_COVERAGE_FIGURE);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
