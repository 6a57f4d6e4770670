import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import { BATCH_SIZE, type DriverValues, type RowValues, type Statements } from "../dialect/statements.ts";
import { connectionOf } from "./connection/raw-connection.ts";
import { coverageWrite } from "./coverage-write.ts";
import { rowSource } from "./row-source.ts";
import { runRecord } from "./run-record.ts";

type PreparedStatements = Map<string, BetterSqlite3.Statement<unknown[]>>;

/**
 * The prepared statements of each connection. Preparing the plan query takes longer than running it for one municipality.
 */
const preparedBy = new WeakMap<BetterSqlite3.Database, PreparedStatements>();

export const statements: Statements = {
  async run<Row>(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]) {
    const statement = prepared(await connectionOf(transaction), sql);
    const values = bindings.map(asSqlite);
    if (!statement.reader) return { rows: [], affected: statement.run(...values).changes };
    const rows = statement.raw(false).all(...values) as Array<Record<string, unknown>>;
    for (const row of rows) decodeBlobs(row);
    return { rows: rows as Row[], affected: 0 };
  },
  async stream(transaction, sql, bindings, onColumns, onRow) {
    const statement = prepared(await connectionOf(transaction), sql).raw();
    onColumns(statement.columns().map(({ name }) => name));
    for (const row of statement.iterate(...bindings.map(asSqlite))) onRow((row as unknown[]).map(decoded) as RowValues);
  },
  async *pull(transaction, sql, bindings) {
    // A prepared statement of its own: one that another reader shares cannot be started again before its end.
    const statement = (await connectionOf(transaction)).prepare<unknown[]>(sql).raw();
    const columns = statement.columns().map(({ name }) => name);
    let rows: DriverValues[] = [];
    for (const row of statement.iterate(...bindings.map(asSqlite))) {
      rows.push((row as unknown[]).map(decoded) as unknown as DriverValues);
      if (rows.length < BATCH_SIZE) continue;
      yield { columns, rows };
      rows = [];
    }
    yield { columns, rows };
  },
  /** In SQLite, running one prepared statement for each row is the fastest way. */
  async bulkInsert(transaction, table, columns, batches) {
    const placeholders = columns.map(() => "?").join(", ");
    const statement = (await connectionOf(transaction)).prepare(
      `insert into ${table} (${columns.join(", ")}) values (${placeholders})`,
    );
    for await (const rows of batches) {
      for (const row of rows) statement.run(row);
    }
  },
  rowSource,
  coverageWrite,
  runRecord,
};

function prepared(connection: BetterSqlite3.Database, sql: string): BetterSqlite3.Statement<unknown[]> {
  const known: PreparedStatements = preparedBy.get(connection) ?? new Map();
  preparedBy.set(connection, known);
  const statement = known.get(sql) ?? connection.prepare<unknown[]>(sql);
  known.set(sql, statement);
  return statement;
}

function decodeBlobs(row: Record<string, unknown>): void {
  for (const column in row) row[column] = decoded(row[column]);
}

/** No column of the program is binary, but SQLite takes a BLOB in any column: some programs write text as BLOBs. */
function decoded(value: unknown): unknown {
  return typeof value === "object" && Buffer.isBuffer(value) ? value.toString() : value;
}

/** SQLite has no booleans. */
function asSqlite(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}
