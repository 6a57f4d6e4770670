import type BetterSqlite3 from "better-sqlite3";
import type { RowSource, RowsOnDemand } from "../dialect/row-source.ts";
import type { Value } from "../dialect/statement.ts";
import { connectionOf } from "./connection/raw-connection.ts";

/**
 * A virtual table that reads the rows from the program: as JSON, 82,750 coverages took several hundred megabytes, and more
 * time than writing them.
 */
export const rowSource: RowSource = async (transaction, name, columns, rows) => {
  const connection = await connectionOf(transaction);
  const names = columns.map(([column]) => column);
  return { sql: virtualTable(connection, [name, ...names].join(), names, rows), bindings: [] };
};

interface Source {
  table: string;
  rows: RowsOnDemand;
}

/**
 * The virtual tables of each connection. Each is created once, because a prepared statement keeps reading the table that
 * it was prepared with. Plans with different curated fields have different columns, so one name can need several.
 */
const virtualTables = new WeakMap<BetterSqlite3.Database, Map<string, Source>>();

function virtualTable(connection: BetterSqlite3.Database, key: string, columns: string[], rows: RowsOnDemand): string {
  const sources = virtualTables.get(connection) ?? new Map<string, Source>();
  virtualTables.set(connection, sources);
  const known = sources.get(key);
  if (known !== undefined) {
    known.rows = rows;
    return known.table;
  }
  const source: Source = { table: `obc_sync_planned_${sources.size}`, rows };
  sources.set(key, source);
  connection.table(source.table, {
    columns,
    *rows() {
      for (let index = 0; index < source.rows.count; index += 1) yield source.rows.at(index).map(asSqlite);
    },
  });
  return source.table;
}

/** SQLite has no booleans. */
function asSqlite(value: Value): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}
