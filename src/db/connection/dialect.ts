import type { Knex } from "knex";
import type { ObcSyncError } from "../../core/errors.ts";
import type { Schema } from "../schema/schema.ts";
import type { DatabaseLocation } from "./location.ts";

/**
 * Everything in which SQLite and PostgreSQL differ for this program. src/db/sqlite and src/db/postgres hold the same
 * files side by side, one for each part.
 */
export interface Dialect {
  readonly name: "sqlite" | "postgres";
  /** Builds queries; it has no connection. A user's Knex may rename identifiers and rewrite results, this one does not. */
  readonly sql: Knex;
  readonly connections: Connections;
  readonly errors: ErrorTranslator;
  readonly expressions: Expressions;
  readonly statements: Statements;
  readonly locks: Locks;
  readonly catalog: Catalog;
  /** The triggers of change capture on the tables of a schema. */
  triggers(schema: Schema): Trigger[];
}

/** What a command needs of a database. Only `create` makes a file that does not exist. */
export type Access = "read" | "write" | "create";

export interface Connections {
  /** The Knex configuration of a location. @throws DatabaseError where a file is missing or is none */
  config(location: DatabaseLocation, access: Access): Knex.Config;
  /** How the database of a Knex instance is named to people, without a password. */
  nameOf(knex: Knex): string;
  /** Waits for writes by anybody, on a connection of its own where the database has such a thing. */
  openChangeSignal(knex: Knex): Promise<ChangeSignal>;
}

/** Signals that something may have been written to a database. A false alarm costs one small read. */
export interface ChangeSignal {
  /**
   * Resolves at the next write by anybody, or after `timeoutMs`.
   *
   * @throws the driver's error where the connection is lost
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface ErrorTranslator {
  /** Whether a transaction met a concurrent one and may simply be run again. */
  isRetryable(error: unknown): boolean;
  /** The error that a user can act on, or null where the driver's own message is all there is to say. */
  explain(error: unknown, database: string): ObcSyncError | null;
}

/** What a column holds, by a name that is neither database's own. */
export type ColumnType = "integer" | "bigint" | "double" | "text";

export type Columns = ReadonlyArray<readonly [name: string, type: ColumnType]>;

/** Pieces of SQL for which Knex has no word. */
export interface Expressions {
  /** Orders text by code point, whatever the collation of the column. */
  byCodePoint(column: string): string;
  /** A source of rows, one for each id of a JSON array that is bound to its only placeholder; the column is `id`. */
  readonly idsFromJson: string;
  /** A condition that a column is one of the ids bound to its only placeholder by `boundIds`. */
  among(column: string, count: number): string;
  /** Ids as the one value that `among` takes, however many they are. */
  boundIds(ids: readonly number[]): string;
  /**
   * A source of rows read from one JSON array of arrays, bound to its only placeholder: a statement then has one
   * parameter however many rows it writes, where a multi-row INSERT would exceed the limits of either database.
   */
  rowsFromJson(columns: Columns): string;
  /** An aggregate: the values of a column as the text of a JSON array, in no particular order. */
  jsonArrayOf(column: string): string;
  /** A JSON object, from pairs of a quoted name and an expression. */
  jsonObject(pairs: readonly string[]): string;
  /** JSON as text. */
  asText(json: string): string;
  /** Orders the places of a query as `collectedNames` needs them. */
  orderedForNames(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /** Aggregates that collect the values of a column for `joinedNames`. */
  collectedNames(column: string): string;
  /**
   * The collected values as text: each once, ordered by code point, joined with ", ".
   *
   * @param count how many were collected
   * @param again a SELECT of the same values, for a database that has not removed doubled ones
   */
  joinedNames(count: string, again: string): string;
  /** A typed NULL, for the branch of a union that has no such column. */
  nullOf(type: ColumnType): string;
  greatest(values: readonly string[]): string;
  /** Whole hours since a timestamp. */
  hoursSince(timestamp: string): string;
  /** Whole minutes since a moment in seconds since 1970. */
  minutesSinceEpoch(seconds: string): string;
  /** Identifies the version of a stored row, as text; null where no other transaction can change what a plan has read. */
  rowVersion(row: string): string;
  /** Identifies the entries of the change log that the statement's snapshot sees. */
  readonly logWatermark: string;
}

export type Value = string | number | boolean | null;

/** A row as the driver returns it, in the order of the columns. */
export type RowValues = ReadonlyArray<string | number | null>;

export type Cell = string | number | null;

/** Rows that are made when they are asked for, so that they never exist all at once. */
export interface RowsOnDemand {
  count: number;
  at: (index: number) => RowValues;
}

/** The result of one statement: its rows, or how many rows it inserted, updated or deleted. */
export interface StatementResult<Row> {
  rows: Row[];
  affected: number;
}

/** How statements reach the driver. All of it runs on the connection of a transaction. */
export interface Statements {
  /** Runs one statement with ? for each binding. A connection that repeats a statement keeps it prepared. */
  run<Row>(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]): Promise<StatementResult<Row>>;
  /**
   * Runs a query and passes on one row at a time, so that memory never holds all rows as the driver has them.
   *
   * @param onColumns is called once, before the first row
   */
  stream(
    transaction: Knex.Transaction,
    sql: string,
    bindings: readonly unknown[],
    onColumns: (names: string[]) => void,
    onRow: (row: RowValues) => void,
  ): Promise<void>;
  /** Fills a table with batches of rows, as fast as the database takes them. */
  bulkInsert(
    transaction: Knex.Transaction,
    table: string,
    columns: readonly string[],
    batches: AsyncIterable<Cell[][]>,
  ): Promise<void>;
  /** The statement that writes planned coverages. A row that has another version than planned is not affected. */
  coverageWrite(transaction: Knex.Transaction, write: CoverageWrite): Promise<{ sql: string; bindings: unknown[] }>;
  /** The statement that records a run and removes the change log's entries that the run covers. */
  runRecord(record: RunRecordStatement): { sql: string; bindings: unknown[] };
}

/** Coverages of one level to insert or update, all with the same columns. */
export interface CoverageWrite {
  /** The base table and its key. */
  table: string;
  key: string;
  /** Own names and types of the computed columns. */
  columns: Columns;
  /** What an INSERT fills besides: an SQL literal by own name. */
  required: Readonly<Record<string, string>>;
  /** Own names of the columns that the program decides by itself. */
  own: { autoSync: string; isDeleted: string; createdAt: string; updatedAt: string };
  /** The unit's id, the version that the plan saw (null to insert), then the values of `columns`. */
  rows: RowsOnDemand;
  /** ISO 8601 in UTC. */
  now: string;
}

export interface RunRecordStatement {
  /** Values by column of the runs table. */
  row: Readonly<Record<string, Value>>;
  /** Which entries the run covers, of those that its plan has seen; null where it covers none. */
  covered: CoveredEntries | null;
}

export interface CoveredEntries {
  watermark: string;
  /** A condition on the entries, whose table is named `entry`; null where all are covered. */
  where: { sql: string; bindings: unknown[] } | null;
}

export interface Locks {
  /** How to open a transaction that reads one snapshot and that the database itself keeps from writing. */
  readonly readOnlyTransaction: Knex.TransactionConfig;
  /** How to open a transaction whose reads and writes see one snapshot. */
  readonly writeTransaction: Knex.TransactionConfig;
  /** A statement that takes the lock that only one sync or import at a time can hold, until the transaction ends. */
  tryLock(transaction: Knex.Transaction): Promise<boolean>;
  /** Waits for the same lock in a transaction that the caller opened and that cannot be begun again. */
  waitForLock(transaction: Knex.Transaction): Promise<void>;
}

/** What each database knows of itself. */
export interface Catalog {
  /** Yields `version`. */
  readonly version: string;
  /** Yields table_name and columns: one row an index, its columns joined with commas, in order. */
  readonly indexes: string;
  /** Yields name, trigger_table and enabled for every trigger of the database. */
  readonly triggers: string;
  /** What stands in front of a query to get its plan. */
  readonly explain: string;
  /** The steps of a query plan, indented, from the rows that `explain` returns. */
  planSteps(rows: readonly Record<string, unknown>[]): string[];
  /** The table or alias that a step reads from end to end; null where it does not. */
  scannedTable(step: string): string | null;
}

/** One trigger and the statements that create and remove it. */
export interface Trigger {
  name: string;
  create: string[];
  drop: string[];
}
