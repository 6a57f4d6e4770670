import type { Knex } from "knex";
import { type Dialect, dialectOf } from "../db/connection/dialect.ts";
import { withExclusiveTransaction, withWriteTransaction } from "../db/connection/transaction.ts";

/** What the library's functions take: a Knex instance, or a transaction, which is then joined. */
export type Connection = Knex | Knex.Transaction;

export interface TransactionOptions {
  /** How long to wait for other runs, in milliseconds; 10,000 by default. Without effect in a joined transaction. */
  lockTimeoutMs?: number;
  /** Stops the work before it is committed. Without effect in a joined transaction. */
  signal?: AbortSignal;
}

type Work<T> = (transaction: Knex.Transaction, dialect: Dialect) => Promise<T>;

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;

/** Runs a sync of more than one record: in a transaction of its own as the only one, or in the caller's. */
export function withSyncTransaction<T>(connection: Connection, options: TransactionOptions, work: Work<T>): Promise<T> {
  return run(connection, options, work, withExclusiveTransaction);
}

/** Runs the change of one record; two such may run side by side, and one that meets another is tried again. */
export function withRecordTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  return run(connection, options, work, withWriteTransaction);
}

async function run<T>(
  connection: Connection,
  { lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS, signal = new AbortController().signal }: TransactionOptions,
  work: Work<T>,
  begin: typeof withWriteTransaction,
): Promise<T> {
  const dialect = dialectOf(connection);
  if (isTransaction(connection)) {
    // In read committed two syncs could each miss what the other has not committed yet; one after the other they do not.
    await dialect.waitForLock(connection);
    await dialect.warmUp(connection);
    return work(connection, dialect);
  }
  return begin({ knex: connection, dialect }, { timeoutMs: lockTimeoutMs, signal }, (transaction) =>
    work(transaction, dialect),
  );
}

function isTransaction(connection: Connection): connection is Knex.Transaction {
  return connection.isTransaction === true;
}
