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
