/**
 * What differs in communities and coverages between two moments, by one plain statement for each table. It shares only the
 * names of columns with the program.
 */
import { FIELDS } from "../../src/core/fields.ts";
import type { TestDatabase } from "./databases.ts";

export type Value = string | number | boolean | null;

/** The columns of one unit; the program names them the same on every schema. */
export type UnitState = Record<string, Value>;

/** By level and code: "community 1001302001". */
export type UnitStates = Record<string, UnitState>;

export interface Change {
  level: "community" | "municipality" | "province";
  code: string;
  action: "created" | "updated" | "removed";
  fields: Record<string, { before: Value; after: Value }>;
}

const TEXTS = [
  ...["obc_id", "community_names", "settlement_type", "primary_ethnolinguistic_group", "proximity_to_barmm"],
  ...["source_document_reference", "notes"],
];

const COVERAGE = ["is_deleted", "auto_sync", "existing_support_programs", "total_obc_communities", ...FIELDS];

const COLUMNS = {
  community: ["is_deleted", ...TEXTS, "latitude", "longitude", ...FIELDS],
  municipality: ["key_barangays", ...COVERAGE],
  province: ["total_municipalities", "key_municipalities", ...COVERAGE],
};

type Level = keyof typeof COLUMNS;

/** The table of each level, the table of its places, and the column that refers to them. */
export type UnitTables = Record<Level, [table: string, places: string, key: string]>;

const NATIVE: UnitTables = {
  community: ["obc_communities", "barangays", "barangay_id"],
  municipality: ["municipality_coverages", "municipalities", "municipality_id"],
  province: ["province_coverages", "provinces", "province_id"],
};

export const OBCMS: UnitTables = {
  community: ["communities_obc_community", "common_barangay", "barangay_id"],
  municipality: ["communities_municipalitycoverage", "common_municipality", "municipality_id"],
  province: ["communities_provincecoverage", "common_province", "province_id"],
};

const FLAGS = ["is_deleted", "auto_sync"];

/** Every community and coverage as it is stored. */
export async function unitStates(database: TestDatabase, tables: UnitTables = NATIVE): Promise<UnitStates> {
  const states: UnitStates = {};
  for (const level of Object.keys(COLUMNS) as Level[]) {
    const [table, places, key] = tables[level];
    const columns = COLUMNS[level].map((column) => `unit.${column}`).join(", ");
    const rows = await database.rows<UnitState & { code: string }>(
      `select place.code, ${columns} from ${table} unit join ${places} place on place.id = unit.${key}`,
    );
    for (const { code, ...row } of rows) {
      for (const flag of FLAGS) if (flag in row) row[flag] = Boolean(row[flag]);
      // Django stores an empty text for none.
      if (tables !== NATIVE) for (const text of [...TEXTS, "existing_support_programs"]) row[text] ||= null;
      states[`${level} ${code}`] = row;
    }
  }
  return states;
}

/** The values of a new row that nobody is told of. */
const DEFAULTS: UnitState = { is_deleted: false, auto_sync: true };

/** What differs, sorted by level and code. */
export function differences(before: UnitStates, after: UnitStates): Change[] {
  const units = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return units.flatMap((unit): Change[] => {
    const [was, is] = [before[unit], after[unit]];
    const fields: Change["fields"] = {};
    for (const column of Object.keys(was ?? is ?? {})) {
      const [old, now] = [was?.[column] ?? null, is?.[column] ?? null];
      const isDefault = (was === undefined ? now : is === undefined ? old : undefined) === DEFAULTS[column];
      if (old !== now && !(column in DEFAULTS && isDefault)) fields[column] = { before: old, after: now };
    }
    if (was !== undefined && is !== undefined && Object.keys(fields).length === 0) return [];
    const [level, code] = unit.split(" ") as [Level, string];
    return [{ level, code, action: was === undefined ? "created" : is === undefined ? "removed" : "updated", fields }];
  });
}

/** The counts that a run with these changes has. */
export function countsOf(changes: readonly Change[]): Record<string, Record<Change["action"], number>> {
  const count = (level: Level) => {
    const of = (action: Change["action"]) =>
      changes.filter((change) => change.level === level && change.action === action).length;
    return { created: of("created"), updated: of("updated"), removed: of("removed") };
  };
  return { communities: count("community"), municipalities: count("municipality"), provinces: count("province") };
}
