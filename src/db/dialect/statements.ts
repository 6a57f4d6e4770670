import type { Knex } from "knex";
import type { CoverageWrite } from "./coverage-write.ts";
import type { RowSource } from "./row-source.ts";
import type { RunRecordStatement } from "./run-record.ts";
import type { Statement } from "./statement.ts";

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
