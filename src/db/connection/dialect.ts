import type { Knex } from "knex";
import type { ObcSyncError } from "../../core/errors.ts";
import type { TriggerProblem } from "../../core/sync/broken-trigger.ts";
import type { NameRules } from "../../core/sync/coverage-rules.ts";
import type { Level } from "../../core/sync/level.ts";
import type { OtherColumns } from "../schema/other-columns.ts";
import type { DatabaseKind, Schema } from "../schema/schema.ts";
import type { DatabaseLocation } from "./location.ts";

/**
 * Everything that this program does differently on SQLite and PostgreSQL. src/db/sqlite and src/db/postgres have the
 * same files, one for each part.
 */
export interface Dialect {
  readonly name: DatabaseKind;
  /** A query builder without a connection. A user's Knex may rename identifiers and rewrite results; this one does not. */
  readonly sql: Knex;
  readonly connections: Connections;
  readonly errors: ErrorTranslator;
  readonly expressions: Expressions;
  readonly statements: Statements;
  readonly locks: Locks;
  readonly catalog: Catalog;
  readonly capture: Capture;
}

/** The access that a command needs. Only `create` creates a file that does not exist. */
export type Access = "read" | "write" | "create";

export interface Connections {
  /** The Knex configuration of a location. @throws DatabaseError if the file is missing, or is not a file */
  config(location: DatabaseLocation, access: Access): Knex.Config;
  /** The name of the database for messages, without a password. */
  nameOf(knex: Knex): string;
  /** Starts watching for writes by any program; on PostgreSQL, on a separate connection. */
  openChangeSignal(knex: Knex): Promise<ChangeSignal>;
  /**
   * Runs `work` while no other process does so on the same database. SQLite needs nothing for it: its migrations wait for
   * each other.
   *
   * @throws the driver's error, which is retryable, if another process does so for ten seconds
   */
  alone<T>(knex: Knex, work: () => Promise<T>): Promise<T>;
  /** Sets what persists in a database of the program's own. */
  settle(knex: Knex): Promise<void>;
  /** Cancels the statement that the transaction is waiting for, if any. Never rejects. */
  cancelStatement(transaction: Knex.Transaction): Promise<void>;
}

/** Signals that a database may have changed. A false alarm costs one small read. */
export interface ChangeSignal {
  /**
   * Resolves at the next write by any program, or after `timeoutMs`.
   *
   * @throws the driver's error if the connection is lost
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface ErrorTranslator {
  /** Whether the account lacks the right for a statement. */
  isRefused(error: unknown): boolean;
  /** Whether a statement named a table of the bookkeeping that does not exist. */
  lacksBookkeeping(error: unknown): boolean;
  /** The column that a statement named and a table lacks, as the driver names it; null if the error is another. */
  missingColumn(error: unknown): string | null;
  /** Whether a transaction failed because of a concurrent one and can be run again. */
  isRetryable(error: unknown): boolean;
  /** An error that the user can act on; null if the driver's message says it all. */
  explain(error: unknown, database: string): ObcSyncError | null;
}

/** The type of a column, independent of the database. */
export type ColumnType = "integer" | "bigint" | "double" | "boolean" | "text";

export type Columns = ReadonlyArray<readonly [name: string, type: ColumnType]>;

/** Fragments of SQL that Knex cannot build. */
export interface Expressions {
  /** A row source with one row for each id of the JSON array bound to its only placeholder; the column is `id`. */
  readonly idsFromJson: string;
  /** A condition that a column is one of the ids bound to its only placeholder. `boundIds` makes the value to bind. */
  among(column: string, count: number): string;
  /** Any number of ids as the single value that `among` takes. */
  boundIds(ids: readonly number[]): string;
  /**
   * A row source that reads the JSON array of arrays bound to its only placeholder. The statement has one parameter for
   * any number of rows; a multi-row INSERT would exceed the parameter limit of either database.
   */
  rowsFromJson(columns: Columns): string;
  /** An aggregate: the values of a column as a JSON array in text form, in the collation of the database or in no order. */
  jsonArrayOf(column: string, order: "collation" | "none"): string;
  /**
   * An aggregate: the sum of coverage figures, null where there is none. Beyond 64 bits it is approximate on SQLite, whose
   * own sum() fails there.
   */
  sumOfCoverages(column: string): string;
  /** A JSON object, from pairs of a quoted name and an expression. */
  jsonObject(pairs: readonly string[]): string;
  /** A value of a column as JSON in text form: null where it is null. */
  jsonValue(value: string, type: "integer" | "double" | "text"): string;
  /**
   * Finds a figure in the changes that a run keeps of an updated unit: a JSON array of position, value before and value
   * after, repeated. `join` continues a FROM clause; it has no row where the figure is not among them.
   */
  keptValue(changes: string, position: number): { join: string; before: string; after: string };
  /** An aggregate: what runs changed in a unit, as a JSON array of [run_id, action, changes], oldest first. */
  keptChanges(kept: string): string;
  /** JSON as text. */
  asText(json: string): string;
  /** Orders the places of a query as `collectedNames` requires. */
  orderedForNames(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /** The aggregates that collect the values of a column for `joinedNames`. */
  collectedNames(column: string): string;
  /** The distinct collected values, joined with ", ". @param order by code point, or by the collation of the database */
  joinedNames(order: NameRules["order"]): string;
  /** An aggregate: the values of a column, joined with ", ". */
  nameList(column: string, rules: NameRules): string;
  /** A typed NULL, for a branch of a union that lacks the column. */
  nullOf(type: ColumnType): string;
  greatest(values: readonly string[]): string;
  /** Whole hours since a timestamp. */
  hoursSince(timestamp: string): string;
  /** Whole minutes since a Unix time in seconds. */
  minutesSinceEpoch(seconds: string): string;
  /** The version of a stored row, as text; null on SQLite, where no other transaction can change what a plan has read. */
  rowVersion(row: string): string;
  /**
   * A condition that no other transaction has changed a row since it was read.
   *
   * @param versions the versions that were read, as a parenthesized list or query
   */
  isAsRead(row: string, versions: string): string;
  /** Every column of a row: as JSON in the column whole_row, or as columns, where the driver's values lose nothing. */
  wholeRow(row: string): string;
  /** A row source that reads the JSON array of such rows bound to its only placeholder. */
  wholeRowsFromJson(table: string, columns: readonly string[]): string;
  /** A placeholder for a time, where the statement does not show its type. */
  readonly timestamp: string;
  /** Identifies the entries of a change log that are visible to the statement's snapshot. */
  logWatermark(changeLog: string): string;
}

/** SQL with ? for each binding. */
export interface Statement {
  sql: string;
  bindings: readonly unknown[];
}

export type Value = string | number | boolean | null;

/** A row as the driver returns it; the values are ordered as the columns. */
export type RowValues = ReadonlyArray<string | number | null>;

/** Number of rows that `pull` returns at once. */
export const BATCH_SIZE = 500;

/** Adjacent rows of a result. */
export interface RowBatch {
  columns: readonly string[];
  rows: readonly DriverValues[];
}

/** A row as the driver returns it: SQLite has numbers for booleans and text for times, PostgreSQL has types of its own. */
export type DriverValues = ReadonlyArray<string | number | boolean | Date | null>;

export type Cell = string | number | null;

/** Rows that are built on request, so that they are never all in memory. */
export interface RowsOnDemand {
  count: number;
  at: (index: number) => readonly Value[];
}

/**
 * A FROM item of rows that the program makes on request, as a parenthesized SELECT or a table, for one statement.
 *
 * @param name tells sources of the same columns apart, where one statement has several
 */
export type RowSource = (
  transaction: Knex.Transaction,
  name: string,
  columns: Columns,
  rows: RowsOnDemand,
) => Promise<Statement>;

/** The result of one statement: its rows, or the number of rows that it inserted, updated or deleted. */
export interface StatementResult<Row> {
  rows: Row[];
  affected: number;
}

/** Sends statements to the driver, on the connection of a transaction. */
export interface Statements {
  /** Runs one statement, with ? for each binding. Repeated statements are kept prepared on the connection. */
  run<Row>(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]): Promise<StatementResult<Row>>;
  /**
   * Runs a query and passes on one row at a time, so that the driver's rows are never all in memory.
   *
   * @param onColumns called once, before the first row
   */
  stream(
    transaction: Knex.Transaction,
    sql: string,
    bindings: readonly unknown[],
    onColumns: (names: string[]) => void,
    onRow: (row: RowValues) => void,
  ): Promise<void>;
  /**
   * Runs a query and returns its rows in batches, each when it is asked for: a slow reader keeps no rows waiting in memory.
   * A reader that stops early ends the query. Other queries can run on the transaction in between.
   */
  pull(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]): AsyncGenerator<RowBatch>;
  /** Inserts batches of rows into a table by the fastest way of the database. */
  bulkInsert(
    transaction: Knex.Transaction,
    table: string,
    columns: readonly string[],
    batches: AsyncIterable<Cell[][]>,
  ): Promise<void>;
  readonly rowSource: RowSource;
  /** The statement that writes planned coverages. It skips rows whose version is no longer the planned one. */
  coverageWrite(transaction: Knex.Transaction, write: CoverageWrite): Promise<Statement>;
  /** The statement that records a run, returns its id and deletes the change log entries that the run covers. */
  runRecord(record: RunRecordStatement): Statement;
}

/** Coverages of one level to insert or update. All have the same columns. */
export interface CoverageWrite {
  /** The base table and its key. */
  table: string;
  key: string;
  /** The computed columns: their names in the base table, and types. */
  columns: Columns;
  /** What to write into `key` and them, as SQL of a row of the plan named `planned`. */
  values: readonly string[];
  /** The columns that the plan does not set. */
  others: OtherColumns;
  /** The names in the base table of the columns that the program sets itself. */
  own: { autoSync: string; isDeleted: string; createdAt: string; updatedAt: string };
  /** The unit's id, the version that the plan saw (null to insert), then the values of `columns`. */
  rows: RowsOnDemand;
  /** Whether an update sets updatedAt. */
  stampsUpdates: boolean;
  /** As the application stores a time. */
  now: string;
}

export interface RunRecordStatement {
  /** Values by column of the runs table. */
  row: Readonly<Record<string, Value>>;
  /** The change log entries that the run covers; null if it covers none. */
  covered: CoveredEntries | null;
}

export interface CoveredEntries {
  /** The entries that the plan's snapshot contains. */
  watermark: string;
  /** A condition on the entries (alias `entry`); null if all of them are covered. */
  where: Statement | null;
  /** The ids of the units whose coverages the sync has written. SQLite logs these writes; PostgreSQL does not. */
  written: Record<Level, number[]>;
}

export interface Locks {
  /** Opens a transaction that reads one snapshot and is read-only to the database. */
  readonly readOnlyTransaction: Knex.TransactionConfig;
  /** Opens a transaction whose reads and writes see one snapshot. */
  readonly writeTransaction: Knex.TransactionConfig;
  /**
   * Takes the lock that only one run can hold, until the transaction ends. Returns the rows of `begin` with the column
   * `locked`, or no row: then it fails if the lock is held, and `begin` must follow.
   */
  tryLock(lockTimeoutMs: number): Statement;
  /** Waits for the same lock, in a transaction that the caller opened and that cannot be started again. */
  readonly waitForLock: Statement;
  /**
   * Ends a query so that no other transaction can change the rows of an alias until this one ends. Nothing on SQLite, where
   * no other can; on PostgreSQL, the query returns nothing in a transaction that sees one snapshot: it would not see the
   * change.
   */
  holdRows(alias: string): string | null;
  /**
   * The first statement of a transaction, after its lock. Returns the `name` of every applied migration, and limits the
   * time that later statements wait for locks of other transactions; null does not limit it.
   */
  begin(lockTimeoutMs: number | null): Statement;
}

/** Queries of each database's catalog. */
export interface Catalog {
  /** Returns `version`. */
  readonly version: string;
  /** Returns the `name` of the database: the path of its file, or its name on the server. */
  readonly databaseName: string;
  /** Returns the name of every table and view. */
  readonly tables: string;
  /** Returns the name of every view, and of all else that is read like a table but cannot have the program's triggers. */
  readonly views: string;
  /** Returns the name of every table outside the search path, and its schema of PostgreSQL as `place`. */
  readonly hiddenTables: string;
  /**
   * Returns every column that an INSERT can set: table_name, name, type, expression (its default as SQL, or null),
   * is_required (NOT NULL, and nothing generates a value), is_unique (by itself) and is_reference (to another table); 0 or 1.
   */
  readonly columns: string;
  /** What an application reads as nothing in a column of a type of `columns`, as SQL; null if there is no such value. */
  emptyLiteral(type: string): string | null;
  /** Returns table_name and name of every column with a default. */
  readonly defaultedColumns: string;
  /**
   * Returns every object named obc_sync_* that can be dropped by itself, in an order that allows it: kind, name, and owner,
   * which is null where the account may drop it.
   */
  readonly ownObjects: string;
  /** Returns table_name, columns (in order, joined with commas) and partial (0 or 1), one row for each index. */
  readonly indexes: string;
  /** The prefix of a query that returns its plan. */
  readonly explain: string;
  /** The indented steps of a query plan, from the rows that `explain` returns. */
  planSteps(rows: readonly Record<string, unknown>[]): string[];
  /** The table or alias that a step scans in full; null if it does not. */
  scannedTable(step: string): string | null;
}

/** Change capture: its triggers, and whether the database has them. */
export interface Capture {
  /** The triggers on the tables of a schema. */
  triggers(schema: Schema): Trigger[];
  /** Returns every trigger that is named as the program's are. Reads only the catalog. */
  readonly present: Statement;
  /** What is wrong with a trigger that is on its table. */
  problemOf(trigger: Trigger, present: PresentTrigger): TriggerProblem | null;
  /**
   * The statements that create triggers again, for one transaction. On PostgreSQL each waits for the transactions that are
   * writing to its table, and a row has the `owner` of the tables.
   */
  putBack(broken: ReadonlyArray<{ trigger: Trigger; problem: TriggerProblem }>): Statement[];
}

/** A row of `Capture.present`. Its other columns are for `problemOf`. */
export interface PresentTrigger extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly table_name: string;
}

/** One trigger and the statements that create and drop it. */
export interface Trigger {
  name: string;
  /** The base table that it is on. */
  table: string;
  /** Replaces a trigger of this name, on PostgreSQL only on the same table. */
  create: string[];
  drop: string[];
}
