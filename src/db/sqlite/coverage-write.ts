import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import type { CoverageWrite, RowsOnDemand } from "../connection/dialect.ts";
import { connectionOf } from "./raw-connection.ts";

/**
 * One upsert. Its rows are read straight from the plan through a virtual table: as JSON, 82,750 coverages took several
 * hundred megabytes and longer than the write itself.
 */
export async function coverageWrite(
  transaction: Knex.Transaction,
  { table, key, columns, required, own, rows, now }: CoverageWrite,
): Promise<{ sql: string; bindings: unknown[] }> {
  const names = columns.map(([name]) => name);
  const source = virtualTable(await connectionOf(transaction), table, [key, "version", ...names], rows);
  const values = [key, ...names].join(", ");
  const literals = Object.entries(required);
  const filled = literals.map(([column]) => `, ${column}`).join("");
  const sql = `insert into ${table} (${values}, ${own.createdAt}, ${own.updatedAt}${filled})
    select ${values}, ?, ?${literals.map(([, literal]) => `, ${literal}`).join("")} from ${source} where true
    on conflict (${key}) do update set
      ${names.map((name) => `${name} = excluded.${name}`).join(", ")}, ${own.updatedAt} = excluded.${own.updatedAt}
    where ${table}.${own.autoSync} and not ${table}.${own.isDeleted}`;
  return { sql, bindings: [now, now] };
}

interface Source {
  table: string;
  rows: RowsOnDemand;
}

/**
 * What each virtual table of a connection yields. The tables are created once: a prepared statement goes on reading the
 * one that it was prepared with.
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
  // A curated field is no column of a plan, so that one table can have sources with different columns.
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
