import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { InterruptedError, LockHeldError } from "../../core/errors.ts";
import { nativeSchema } from "../schema/native.ts";
import type { Schema } from "../schema/schema.ts";
import type { Dialect } from "./dialect.ts";
import { dialectOf } from "./dialect-of.ts";
import type { Session } from "./session.ts";
import { read } from "./statements.ts";

/** The connection that operations take: a Knex instance, or a transaction of the caller, which they join. */
export type Connection = Knex | Knex.Transaction;

/** How to open a transaction. In a transaction of the caller, only `schema` has an effect. */
export interface TransactionOptions {
  /** How long to wait for other runs, in milliseconds; 10,000 by default. */
  lockTimeoutMs?: number | undefined;
  /** Aborts the work before it is committed. */
  signal?: AbortSignal | undefined;
  /** The tables to work on; by default those that the migrations create. */
  schema?: Schema | undefined;
}

type Work<T> = (session: Session) => Promise<T>;

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 50;

/** Runs `work` on one snapshot, in a read-only transaction. */
export async function withSnapshot<T>(connection: Connection, options: TransactionOptions, work: Work<T>): Promise<T> {
  const dialect = dialectOf(connection);
  const run = (transaction: Knex.Transaction) => work(sessionOf(transaction, dialect, options));
  return isTransaction(connection) ? run(connection) : connection.transaction(run, dialect.locks.readOnlyTransaction);
}

/**
 * Runs `work` in one transaction, all or nothing. After a conflict with a concurrent transaction it is retried on a new
 * snapshot, until the timeout: the program never waits inside its own transaction.
 *
 * @throws LockHeldError if it does not succeed before the timeout
 * @throws InterruptedError if `signal` is aborted first
 */
export function withWriteTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  return isTransaction(connection) ? joined(connection, options, work) : retried(connection, options, work);
}

/** The same, while holding the lock that only one sync or import on this database can hold. */
export function withExclusiveTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  if (isTransaction(connection)) return joined(connection, options, work);
  return retried(connection, options, async (session) => {
    const [lock] = await read<{ locked: boolean }>(session, "control", session.dialect.locks.tryLock);
    if (lock?.locked === false) throw new LockRefused();
    return work(session);
  });
}

/** The result of work in a reversible transaction, and whether to commit it. */
export interface Outcome<T> {
  value: T;
  keep: boolean;
}

/** An exclusive transaction that `work` may roll back: for a dry run, or an import with bad rows. */
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
  // In a transaction of the caller, roll back to a savepoint: the caller's own writes must stay.
  const run = isTransaction(connection)
    ? connection.transaction((savepoint) => joined(savepoint, options, orUndo))
    : withExclusiveTransaction(connection, options, orUndo);
  return run.catch((error: unknown) => {
    if (error instanceof Undone) return error.value as T;
    throw error;
  });
}

/** Called between two steps of a run. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError();
}

/**
 * Waits for the lock first. A caller's transaction is often read committed, in which two concurrent syncs could each
 * miss what the other has not committed yet.
 */
async function joined<T>(transaction: Knex.Transaction, options: TransactionOptions, work: Work<T>): Promise<T> {
  const dialect = dialectOf(transaction);
  const session = sessionOf(transaction, dialect, options);
  await read(session, "control", dialect.locks.waitForLock);
  return work(session);
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
    // The pause is random so that two conflicting transactions do not conflict again.
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

/** Thrown to roll a transaction back; holds its result. */
class Undone<T> extends Error {
  readonly value: T;

  constructor(value: T) {
    super("rolled back on purpose");
    this.value = value;
  }
}
