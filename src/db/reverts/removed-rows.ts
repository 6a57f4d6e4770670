import type { UnitStep } from "../../core/reverts/unit-step.ts";
import { UNIT_LEVELS, type UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { readWholeRows } from "../records/whole-row.ts";
import { UNIT_TABLES } from "../runs/unit-tables.ts";
import { type BaseTable, ownColumn } from "../schema/schema.ts";

/** The rows that steps would remove from an application's tables, as JSON, by level and id of their place. */
export async function readRemovedRows(session: Session, steps: readonly UnitStep[]): Promise<Map<string, string>> {
  const removed = new Map<string, string>();
  for (const level of UNIT_LEVELS) {
    const { table, key } = UNIT_TABLES[level];
    const ids = steps
      .filter(({ change }) => change.level === level && change.action === "removed")
      .map(({ change }) => change.unitId);
    for (const [id, row] of await readWholeRows(session, table, key, ids)) removed.set(`${level} ${id}`, row);
  }
  return removed;
}

/**
 * The columns that the program does not know and that the application has filled since the program inserted the row. One for
 * each of the rows at most, by level and id.
 */
export async function findTouchedColumns(
  session: Session,
  rows: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  if (rows.size === 0) return new Map();
  const { catalog } = session.dialect;
  const defaulted = await read<{ table_name: string; name: string }>(session, "bookkeeping", {
    sql: catalog.defaultedColumns,
    bindings: [],
  });
  const touched = new Map<string, string>();
  for (const [unit, row] of rows) {
    const { table: name, key, columns } = UNIT_TABLES[unit.split(" ")[0] as UnitLevel];
    const table = session.schema.tables[name];
    const known = new Set([
      ...[key, ...columns, "deleted_at", "created_at", "updated_at"].map((column) => ownColumn(table, column)),
      ...table.otherKeys,
      ...defaulted.filter(({ table_name }) => table_name === table.name).map((column) => column.name),
    ]);
    const column = Object.entries(JSON.parse(row)).find(
      ([own, value]) => !known.has(own) && !isAsInserted(table, own, value),
    );
    if (column !== undefined) touched.set(unit, column[0]);
  }
  return touched;
}

/** Whether a column holds what an INSERT of the program puts there. What SQL computes is not compared. */
function isAsInserted({ fill }: BaseTable, column: string, value: unknown): boolean {
  const literal = fill[column];
  if (literal === undefined) return value === null;
  const text = /^'(.*)'$/.exec(literal)?.[1];
  if (text !== undefined) return value === text || typeof value === "object";
  // SQLite has no booleans.
  if (literal === "true" || literal === "false") return Boolean(value) === (literal === "true");
  return Number.isNaN(Number(literal)) || Number(value) === Number(literal);
}
