import type { Knex } from "knex";
import { InterruptedError } from "../../core/errors.ts";
import { checkMigrations } from "../schema/migration-check.ts";
import { nativeSchema } from "../schema/native.ts";
import type { Schema } from "../schema/schema.ts";
import { dialectOf } from "./dialect-of.ts";
import { LockRefused, type RetryOptions, retried } from "./retry.ts";
import type { Session } from "./session.ts";
import { read } from "./statements.ts";

/** The connection that operations take: a Knex instance, or a transaction of the caller, which they join. */
export type Connection = Knex | Knex.Transaction;

/** How to open a transaction. In a transaction of the caller, only `schema` has an effect. */
export interface TransactionOptions extends RetryOptions {
  /** The tables to work on; by default those that the migrations create. */
  schema?: Schema | undefined;
}

type Work<T> = (session: Session) => Promise<T>;

/** Runs `work` on one snapshot, in a read-only transaction. */
export function withSnapshot<T>(connection: Connection, options: TransactionOptions, work: Work<T>): Promise<T> {
  if (isTransaction(connection)) return begun(sessionOf(connection, options), null, work);
  const { readOnlyTransaction } = dialectOf(connection).locks;
  return retried(connection, readOnlyTransaction, options, (transaction, lockTimeoutMs) =>
    begun(sessionOf(transaction, options), lockTimeoutMs, work),
  );
}

/**
 * Runs `work` in one transaction, all or nothing, while holding the lock that only one run on this database can hold.
 *
 * Every operation that writes takes the lock, even for a single record. Two operations could otherwise each rely on the
 * other to recalculate a coverage: one sees it as manual and leaves it, the other makes it automatic and recalculates it
 * without the first one's change.
 *
 * @throws LockHeldError if another run holds the lock until the timeout
 * @throws DatabaseBusyError if transactions of other programs prevent the work until the timeout
 * @throws InterruptedError if `signal` is aborted first
 */
export function withExclusiveTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: Work<T>,
): Promise<T> {
  if (isTransaction(connection)) return joined(connection, options, work);
  const { writeTransaction } = dialectOf(connection).locks;
  return retried(connection, writeTransaction, options, async (transaction, lockTimeoutMs) => {
    const session = sessionOf(transaction, options);
    const applied = await takeLock(session, lockTimeoutMs);
    if (applied.length === 0) return begun(session, lockTimeoutMs, work);
    checkMigrations(applied);
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
  const session = sessionOf(transaction, options);
  await read(session, "control", session.dialect.locks.waitForLock);
  return begun(session, null, work);
}

/**
 * @returns the names of the applied migrations, or none if the statement does not return them
 * @throws LockRefused if another run holds the lock
 */
async function takeLock(session: Session, lockTimeoutMs: number): Promise<string[]> {
  const { locks, errors } = session.dialect;
  const statement = locks.tryLock(lockTimeoutMs);
  const rows = await read<{ name: string; locked: boolean }>(session, "control", statement).catch((error) => {
    throw errors.isRetryable(error) ? new LockRefused() : error;
  });
  if (rows.some(({ locked }) => !locked)) throw new LockRefused();
  return rows.map(({ name }) => name);
}

/** Runs `work` if the database has the tables of this version. */
async function begun<T>(session: Session, lockTimeoutMs: number | null, work: Work<T>): Promise<T> {
  const applied = await read<{ name: string }>(session, "control", session.dialect.locks.begin(lockTimeoutMs));
  checkMigrations(applied.map(({ name }) => name));
  return work(session);
}

function sessionOf(transaction: Knex.Transaction, { schema = nativeSchema }: TransactionOptions): Session {
  return { transaction, dialect: dialectOf(transaction), schema };
}

export function isTransaction(connection: Connection): connection is Knex.Transaction {
  return connection.isTransaction === true;
}

/** Thrown to roll a transaction back; holds its result. */
class Undone<T> extends Error {
  readonly value: T;

  constructor(value: T) {
    super("rolled back on purpose");
    this.value = value;
  }
}
