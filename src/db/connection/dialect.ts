import type { Knex } from "knex";
import { DatabaseError, type ObcSyncError } from "../../core/errors.ts";
import { type BulkInsert, postgresBulkInsert, sqliteBulkInsert } from "../bulk-insert.ts";
import { keepPreparedStatements, nameRepeatedStatements } from "../prepared-statements.ts";
import { postgresSourceOfRows, type SourceOfRows, sqliteSourceOfRows } from "../row-source.ts";
import { postgresStreamRows, type StreamRows, sqliteStreamRows } from "../row-stream.ts";
import { TABLES } from "../schema/tables.ts";
import { type ColumnType, POSTGRES_TYPES } from "./column-type.ts";
import { tagged } from "./statement-log.ts";

/** Everything in which SQLite and PostgreSQL differ for this program, in one place. */
export interface Dialect {
  readonly name: "sqlite" | "postgres";
  /** An expression: which entries of the change log the statement's snapshot sees. Migration 0003 reads it. */
  readonly logWatermark: string;
  /** Orders text by code point, whatever the collation of the column. */
  byCodePoint(column: string): string;
  /** A source of rows, one for each id of a JSON array that is bound to its only placeholder; the column is `id`. */
  readonly idsFromJson: string;
  /**
   * A condition that a column is one of the ids bound to its only placeholder by `boundIds`. PostgreSQL takes an array
   * from a subquery for ten ids, whatever is in it. For few that is good: it looks them up instead of reading whole
   * tables, spends no time on weighing each id while it plans, and finds a plan for any ids as good as one for these,
   * so that a statement sent often is planned once. Of many it has to know, or it would compare each with each.
   */
  among(column: string, count: number): string;
  /** Ids as the one value that `among` takes, however many they are. */
  boundIds(ids: readonly number[]): string;
  /**
   * A source of rows read from one JSON array of arrays, bound to its only placeholder: a statement then has one
   * parameter however many rows it writes, where a multi-row insert would meet the limits of either database.
   */
  rowsFromJson(columns: ReadonlyArray<readonly [name: string, type: ColumnType]>): string;
  /** An aggregate: the values of a column as the text of a JSON array, in no particular order. */
  jsonArrayOf(column: string): string;
  /** An object of JSON, from pairs of a quoted name and an expression. */
  jsonObject(pairs: readonly string[]): string;
  /** JSON as text. */
  asText(json: string): string;
  /** An aggregate that keeps all values of a column together, for `joinedDistinct`. */
  gathered(column: string): string;
  /** What an aggregate gathered, as text: each value once, in code-point order, joined with ", ". */
  joinedDistinct(gathered: string): string;
  /** Fills a table row by row, as fast as the database takes them. */
  readonly bulkInsert: BulkInsert;
  /** Runs a statement and returns how many rows it inserted, updated or deleted. */
  affectedRows(transaction: Knex.Transaction, sql: string, bindings: Knex.RawBinding[]): Promise<number>;
  /** Makes rows of this program readable by one statement. */
  readonly sourceOfRows: SourceOfRows;
  /** Hands over the rows of a query one at a time. */
  readonly streamRows: StreamRows;
  /** Null of a type, for the branch of a union that has no such column. */
  nullOf(type: ColumnType): string;
  /** How to open a transaction that reads one snapshot and that the database itself keeps from writing. */
  readonly readOnlyTransaction: Knex.TransactionConfig;
  /** How to open a transaction whose reads and writes see one snapshot. */
  readonly writeTransaction: Knex.TransactionConfig;
  /** Makes the connection of a transaction ready for many statements of the same text. */
  warmUp(transaction: Knex.Transaction): Promise<void>;
  /**
   * Takes the lock that only one sync or import at a time can hold, until the transaction ends.
   *
   * @returns false where another run holds it; on SQLite that is an error which is retryable
   */
  tryLock(transaction: Knex.Transaction): Promise<boolean>;
  /** Takes the same lock in a transaction that the caller opened, which cannot be begun again: waits for it. */
  waitForLock(transaction: Knex.Transaction): Promise<void>;
  /** Whether the transaction met a concurrent one and may simply be run again. */
  isRetryable(error: unknown): boolean;
  /** The error that a user can act on, or null where the driver's own says all there is. */
  explain(error: unknown, database: string): ObcSyncError | null;
}

/** Any number that is this program's own; two databases on one server each have their own lock space. */
const ADVISORY_LOCK_KEY = 6_272_101_010;

/** Up to here PostgreSQL runs a plan for ten ids as fast as one for these. */
const FEW_IDS = 200;

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** What the driver said; knex puts the whole statement and " - " before it. */
function driverMessage(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^.* - /s, "") : "";
}

function notMigrated(database: string): DatabaseError {
  return new DatabaseError(
    "DATABASE_NOT_MIGRATED",
    `the database ${database} does not have obc-sync's tables, or has them from an older version`,
    "Run: obc-sync migrate",
  );
}

function mayNotWrite(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "DATABASE_READ_ONLY",
    `the database ${database} may not be written: ${driverMessage(cause)}`,
    "Use an account that may write, or look only: sync --dry-run and verify need no more than SELECT.",
    { cause },
  );
}

/** The dialect of any Knex instance or transaction, also of one that the library's user made. */
export function dialectOf(knex: Knex): Dialect {
  return knex.client.driverName === "pg" ? postgresDialect : sqliteDialect;
}

export const sqliteDialect: Dialect = {
  name: "sqlite",
  logWatermark: `(select coalesce(max(id), 0) from ${TABLES.changeLog})`,
  byCodePoint: (column) => column,
  idsFromJson: "(select value as id from json_each(?))",
  among: (column) => `${column} in (select value from json_each(?))`,
  boundIds: (ids) => JSON.stringify(ids),
  rowsFromJson: (columns) =>
    `(select ${columns.map(([name], index) => `value ->> ${index} as ${name}`).join(", ")} from json_each(?))`,
  jsonArrayOf: (column) => `json_group_array(${column})`,
  jsonObject: (pairs) => `json_object(${pairs.join(", ")})`,
  asText: (json) => json,
  gathered: (column) => `json_group_array(${column})`,
  joinedDistinct: (gathered) =>
    `(select string_agg(value, ', ' order by value) from (select distinct value from json_each(${gathered})))`,
  bulkInsert: sqliteBulkInsert,
  async affectedRows(transaction, sql, bindings) {
    const { changes } = await transaction.raw<{ changes: number }>(sql, bindings);
    return changes;
  },
  sourceOfRows: sqliteSourceOfRows,
  streamRows: sqliteStreamRows,
  nullOf: () => "null",
  readOnlyTransaction: {},
  writeTransaction: {},
  async warmUp(transaction) {
    keepPreparedStatements(await transaction.client.acquireConnection());
  },
  async tryLock(transaction) {
    // SQLite gives its write lock to the first statement that could write, even where it writes nothing. Being
    // first also fixes the snapshot: what is read from here on is what is written upon.
    await transaction.raw(tagged("control", `delete from ${TABLES.syncRuns} where false`));
    return true;
  },
  // Whoever writes holds it already, and whoever has only read will take it with the first write.
  waitForLock: async () => {},
  isRetryable: (error) => errorCode(error).startsWith("SQLITE_BUSY"),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    if (/no such (table|column)|has no column named/.test(message)) return notMigrated(database);
    if (code.startsWith("SQLITE_READONLY")) return mayNotWrite(database, error);
    if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
      return new DatabaseError(
        "DATABASE_UNREADABLE",
        `${database} is not a SQLite database, or is damaged`,
        "Check the path that you gave with --database.",
        { cause: error },
      );
    }
    if (code.startsWith("SQLITE_CANTOPEN") || code.startsWith("SQLITE_IOERR") || code === "SQLITE_FULL") {
      return new DatabaseError(
        "DATABASE_UNREACHABLE",
        `${database} cannot be used: ${message}`,
        "Check that the file and its folder can be read and written, and that the disk has room.",
        { cause: error },
      );
    }
    if (code.startsWith("SQLITE_BUSY")) {
      return new DatabaseError(
        "DATABASE_BUSY",
        `${database} is busy: another program is writing to it`,
        "Wait for it to finish and run again.",
        { cause: error },
      );
    }
    return null;
  },
};

export const postgresDialect: Dialect = {
  name: "postgres",
  logWatermark: "pg_current_snapshot()::text",
  byCodePoint: (column) => `${column} collate "C"`,
  idsFromJson: "(select value::integer as id from jsonb_array_elements_text(?::jsonb))",
  among: (column, count) =>
    count <= FEW_IDS ? `${column} = any(array(select unnest(?::integer[])))` : `${column} = any(?::integer[])`,
  boundIds: (ids) => `{${ids.join(",")}}`,
  rowsFromJson: (columns) => {
    const cells = columns.map(([name, type], index) => `(value ->> ${index})::${POSTGRES_TYPES[type]} as ${name}`);
    return `(select ${cells.join(", ")} from jsonb_array_elements(?::jsonb)) as source`;
  },
  jsonArrayOf: (column) => `json_agg(${column})::text`,
  jsonObject: (pairs) => `json_build_object(${pairs.join(", ")})`,
  asText: (json) => `${json}::text`,
  gathered: (column) => `array_agg(${column})`,
  joinedDistinct: (gathered) =>
    `(select string_agg(distinct value collate "C", ', ' order by value collate "C") from unnest(${gathered}) as names(value))`,
  bulkInsert: postgresBulkInsert,
  async affectedRows(transaction, sql, bindings) {
    const { rowCount } = await transaction.raw<{ rowCount: number }>(sql, bindings);
    return rowCount;
  },
  sourceOfRows: postgresSourceOfRows,
  streamRows: postgresStreamRows,
  nullOf: (type) => (type === "text" ? "null::text" : `null::${type === "double" ? "double precision" : type}`),
  readOnlyTransaction: { isolationLevel: "repeatable read", readOnly: true },
  writeTransaction: { isolationLevel: "repeatable read" },
  async warmUp(transaction) {
    nameRepeatedStatements(await transaction.client.acquireConnection());
  },
  async tryLock(transaction) {
    const { rows } = await transaction.raw<{ rows: [{ locked: boolean }] }>(
      tagged("control", "select pg_try_advisory_xact_lock(?) as locked"),
      [ADVISORY_LOCK_KEY],
    );
    return rows[0].locked;
  },
  async waitForLock(transaction) {
    await transaction.raw(tagged("control", "select pg_advisory_xact_lock(?)"), [ADVISORY_LOCK_KEY]);
  },
  isRetryable: (error) => ["40001", "40P01"].includes(errorCode(error)),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    if (["42P01", "42703", "42883"].includes(code)) return notMigrated(database);
    if (code === "42501" || code === "25006") return mayNotWrite(database, error);
    if (code === "3D000") {
      return new DatabaseError(
        "DATABASE_MISSING",
        `the database ${database} does not exist`,
        "Create it first (createdb), then run: obc-sync migrate",
        { cause: error },
      );
    }
    if (code.startsWith("28")) {
      return new DatabaseError(
        "DATABASE_ACCESS_DENIED",
        `the server refuses the account of ${database}`,
        "Check user name and password in the URL, or set PGPASSWORD.",
        { cause: error },
      );
    }
    const unreachable = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH"];
    const shutDown = code.startsWith("57P") || code.startsWith("08") || /Connection (terminated|ended)/i.test(message);
    if (unreachable.includes(code) || shutDown) {
      return new DatabaseError(
        "DATABASE_UNREACHABLE",
        `no connection to ${database}: ${message || code}`,
        "Check that the server runs, and host, port and firewall.",
        { cause: error },
      );
    }
    return null;
  },
};
