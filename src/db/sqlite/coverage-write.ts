import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import type { CoverageWrite, RowsOnDemand, Statement } from "../connection/dialect.ts";
import { keptKeys } from "../schema/kept-keys.ts";
import { connectionOf } from "./raw-connection.ts";

/**
 * One upsert. A virtual table reads the rows from the plan: as JSON, 82,750 coverages took several hundred megabytes,
 * and more time than the write itself.
 */
export async function coverageWrite(
  transaction: Knex.Transaction,
  { table, key, columns, generated, fill, own, stampsUpdates, rows, now }: CoverageWrite,
): Promise<Statement> {
  const names = columns.map(([name]) => name);
  const source = virtualTable(await connectionOf(transaction), table, [key, "version", ...names], rows);
  const values = [key, ...names].join(", ");
  const planned = [key, ...names].map((name) => `planned.${name}`).join(", ");
  const updated = stampsUpdates ? [...names, own.updatedAt] : names;
  const literals = Object.entries(fill);
  const kept = keptKeys({ name: table, key, generated }, `planned.${key}`);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const sql = `insert into ${table} (${values}, ${own.createdAt}, ${own.updatedAt}${filled}${kept.columns})
    select ${planned}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")}${kept.values}
      from ${source} planned ${kept.join} where true
    on conflict (${key}) do update set
      ${updated.map((name) => `${name} = excluded.${name}`).join(", ")}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}`;
  return { sql, bindings: [now, now] };
}

interface Source {
  table: string;
  rows: RowsOnDemand;
}

/**
 * The virtual tables of each connection. Each is created once, because a prepared statement keeps reading the table that
 * it was prepared with.
 */
const virtualTables = new WeakMap<BetterSqlite3.Database, Map<string, Source>>();

function virtualTable(
  connection: BetterSqlite3.Database,
  table: string,
  columns: string[],
  rows: RowsOnDemand,
): string {
  const sources = virtualTables.get(connection) ?? new Map<string, Source>();
  virtualTables.set(connection, sources);
  // Plans with different curated fields have different columns, so one table can need several sources.
  const key = [table, ...columns].join();
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
      for (let index = 0; index < source.rows.count; index += 1) yield source.rows.at(index) as unknown[];
    },
  });
  return source.table;
}
