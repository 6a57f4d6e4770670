import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import { type ColumnType, POSTGRES_TYPES } from "./connection/column-type.ts";

/** Rows that are made when they are asked for, so that they never exist all at once. */
export interface RowsOnDemand {
  count: number;
  at: (index: number) => ReadonlyArray<string | number | null>;
}

/** A value that the driver of PostgreSQL asks for when it writes it into the message to the server, and not before. */
type LazyText = { toPostgres: () => string };

/** What a statement reads rows of ours from: a piece of SQL, and its bindings where it has any. */
export interface RowSource {
  sql: string;
  bindings: LazyText[];
}

/**
 * Makes rows of this program readable by one statement, however many they are.
 *
 * @param name of the source, where the database needs one
 */
export type SourceOfRows = (
  transaction: Knex.Transaction,
  name: string,
  columns: ReadonlyArray<readonly [name: string, type: ColumnType]>,
  rows: RowsOnDemand,
) => Promise<RowSource>;

/**
 * What each virtual table of a connection yields now. The tables themselves are made once: a statement that is kept
 * prepared goes on reading the one that it was prepared with.
 */
const virtualTables = new WeakMap<BetterSqlite3.Database, Map<string, { table: string; rows: RowsOnDemand }>>();

/**
 * SQLite runs inside this process and can read them straight from here, through a virtual table: no text in between,
 * which for 82,750 coverages was several hundred megabytes and took longer than the write itself.
 */
export const sqliteSourceOfRows: SourceOfRows = async (transaction, name, columns, rows) => {
  const connection: BetterSqlite3.Database = await transaction.client.acquireConnection();
  const sources = virtualTables.get(connection) ?? new Map();
  virtualTables.set(connection, sources);
  const names = columns.map(([column]) => column);
  // A curated field is no column of a plan: one name can come with different columns.
  const key = [name, ...names].join();
  const known = sources.get(key);
  if (known !== undefined) known.rows = rows;
  const source = known ?? { table: `${name}_${sources.size}`, rows };
  if (known === undefined) {
    sources.set(key, source);
    connection.table(source.table, {
      columns: names,
      *rows() {
        for (let index = 0; index < source.rows.count; index += 1) yield source.rows.at(index) as unknown[];
      },
    });
  }
  return { sql: source.table, bindings: [] };
};

/** One JSON text a chunk: a single one of everything would be held three times over while it is sent. */
const ROWS_IN_A_CHUNK = 2_000;

export const postgresSourceOfRows: SourceOfRows = async (_transaction, _name, columns, { count, at }) => {
  const chunks: LazyText[] = [];
  for (let from = 0; from < count; from += ROWS_IN_A_CHUNK) {
    const length = Math.min(ROWS_IN_A_CHUNK, count - from);
    chunks.push({ toPostgres: () => JSON.stringify(Array.from({ length }, (_, index) => at(from + index))) });
  }
  const cells = columns.map(([column, type], index) => `(value ->> ${index})::${POSTGRES_TYPES[type]} as ${column}`);
  const values = chunks.map(() => "select value from jsonb_array_elements(?::jsonb)").join(" union all ");
  return { sql: `(select ${cells.join(", ")} from (${values}) as chunks) as source`, bindings: chunks };
};
