import type { Knex } from "knex";

/** Where a database is: a SQLite file, or a PostgreSQL server. */
export type DatabaseLocation = { kind: "sqlite"; path: string } | { kind: "postgres"; url: string };

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
