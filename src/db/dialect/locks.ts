import type { Knex } from "knex";
import type { Statement } from "./statement.ts";

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
