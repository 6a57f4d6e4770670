import type { TestDatabase } from "../databases.ts";
import { KINDS, OBCMS_COLUMNS, type ObcmsTable } from "./columns.ts";

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

/** Returns a complete row as Django would insert it. Other columns get the models' defaults; id is left out by default. */
export function obcmsRow(database: TestDatabase["kind"], table: ObcmsTable, values: Row): Row {
  const row: Row = {};
  for (const { name, kind } of OBCMS_COLUMNS[table]) {
    const value = values[name] === undefined ? (CHOSEN[name] ?? KINDS[kind].value) : values[name];
    if (kind === "id" && value === null) continue;
    const isTime = kind === "now" || kind === "moment";
    row[name] = isTime && value !== null && database === "postgres" ? `${value}+00` : value;
  }
  const unknown = Object.keys(values).filter((name) => !OBCMS_COLUMNS[table].some((column) => column.name === name));
  if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(", ")}`);
  return row;
}

/** The models' defaults for columns with choices. */
const CHOSEN: Row = { settlement_type: "village", municipality_type: "municipality" };
