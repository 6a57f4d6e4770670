import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { InterruptedError, LockHeldError } from "../../core/errors.ts";
import { nativeSchema } from "../schema/native.ts";
import type { Schema } from "../schema/schema.ts";
import type { Dialect } from "./dialect.ts";
import { dialectOf } from "./dialect-of.ts";
import type { Session } from "./session.ts";

/** What the operations take: a Knex instance, or a transaction of the caller, which is then joined. */
export type Connection = Knex | Knex.Transaction;

/** How a transaction is opened. A joined one was opened by its owner: there, only `schema` has an effect. */
export interface TransactionOptions {
  /** How long to wait for other runs, in milliseconds; 10,000 by default. */
  lockTimeoutMs?: number | undefined;
  /** Stops the work before it is committed. */
  signal?: AbortSignal | undefined;
  /** Whose tables are worked on; the program's own by default. */
  schema?: Schema | undefined;
}

type Work<T> = (session: Session) => Promise<T>;

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 50;

/** Runs `read` on one snapshot, in a transaction that the database itself keeps from writing. */
export async function withSnapshot<T>(connection: Connection, options: TransactionOptions, read: Work<T>): Promise<T> {
  const dialect = dialectOf(connection);
  const run = (transaction: Knex.Transaction) => read(sessionOf(transaction, dialect, options));
  return isTransaction(connection) ? run(connection) : connection.transaction(run, dialect.locks.readOnlyTransaction);
}

/**
 * Runs `work` in one transaction: either all of it is kept or nothing. Where the transaction meets a concurrent one it
 * is run again on a new snapshot until the time is over: the program never waits inside a transaction of its own.
 *
 * @throws LockHeldError where other runs do not let it through in time
 * @throws InterruptedError where the signal came first
 */
export function withWriteTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  return isTransaction(connection) ? joined(connection, options, work) : retried(connection, options, work);
}

/** The same, as the only sync or import on this database. */
export function withExclusiveTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  if (isTransaction(connection)) return joined(connection, options, work);
  return retried(connection, options, async (session) => {
    if (!(await session.dialect.locks.tryLock(session.transaction))) throw new LockRefused();
    return work(session);
  });
}

/** What work in a reversible transaction came to, and whether it is to be kept. */
export interface Outcome<T> {
  value: T;
  keep: boolean;
}

/** An exclusive transaction that the work may decide to undo: a dry run, or an import with bad rows. */
export async function withReversibleTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<Outcome<T>>,
): Promise<T> {
  const orUndo = async (session: Session) => {
    const { value, keep } = await work(session);
    if (!keep) throw new Undone(value);
    return value;
  };
  // In a joined transaction a savepoint is undone, and not what the caller did before.
  const run = isTransaction(connection)
    ? connection.transaction((savepoint) => joined(savepoint, options, orUndo))
    : withExclusiveTransaction(connection, options, orUndo);
  return run.catch((error: unknown) => {
    if (error instanceof Undone) return error.value as T;
    throw error;
  });
}

/** Ends a run between two steps once the user asked for it. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError();
}

/**
 * In read committed two syncs could each miss what the other has not committed yet; one after the other they do not,
 * so that a joined transaction waits for the lock.
 */
async function joined<T>(transaction: Knex.Transaction, options: TransactionOptions, work: Work<T>): Promise<T> {
  const dialect = dialectOf(transaction);
  await dialect.locks.waitForLock(transaction);
  return work(sessionOf(transaction, dialect, options));
}

async function retried<T>(knex: Knex, options: TransactionOptions, work: Work<T>): Promise<T> {
  const { lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS, signal } = options;
  const dialect = dialectOf(knex);
  const deadline = Date.now() + lockTimeoutMs;
  for (;;) {
    throwIfInterrupted(signal);
    try {
      return await knex.transaction(async (transaction) => {
        const value = await work(sessionOf(transaction, dialect, options));
        throwIfInterrupted(signal);
        return value;
      }, dialect.locks.writeTransaction);
    } catch (error) {
      if (!(error instanceof LockRefused) && !dialect.errors.isRetryable(error)) throw error;
      if (Date.now() >= deadline) throw new LockHeldError(lockTimeoutMs / 1000);
    }
    // A random pause keeps two transactions that met from meeting again.
    await sleep(POLL_INTERVAL_MS * (0.5 + Math.random()));
  }
}

function sessionOf(
  transaction: Knex.Transaction,
  dialect: Dialect,
  { schema = nativeSchema }: TransactionOptions,
): Session {
  return { transaction, dialect, schema };
}

function isTransaction(connection: Connection): connection is Knex.Transaction {
  return connection.isTransaction === true;
}

/** Another run holds the lock. */
class LockRefused extends Error {}

/** Rolls a transaction back and carries its result out. */
class Undone<T> extends Error {
  readonly value: T;

  constructor(value: T) {
    super("rolled back on purpose");
    this.value = value;
  }
}
