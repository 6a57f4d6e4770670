import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { InterruptedError, LockHeldError } from "../../core/errors.ts";
import type { Database } from "./connect.ts";

/** How a run waits for another one, and how it is told to stop. */
export interface LockOptions {
  timeoutMs: number;
  signal: AbortSignal;
}

/** What a transaction needs of a database; a Knex instance of the library's user is wrapped in this too. */
export type Transactable = Pick<Database, "knex" | "dialect">;

const POLL_INTERVAL_MS = 50;

/** Runs `read` on one snapshot, in a transaction that the database itself keeps from writing. */
export function withSnapshot<T>(
  { knex, dialect }: Transactable,
  read: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(read, dialect.readOnlyTransaction);
}

/**
 * Runs `work` in one transaction, of which nothing is kept unless all of it is. Where it meets a concurrent one it
 * is run again on a new snapshot, until the time given is over: waiting never happens inside of a transaction.
 *
 * @throws LockHeldError where other runs do not let it through within the time given
 * @throws InterruptedError where the signal came first
 */
export async function withWriteTransaction<T>(
  { knex, dialect }: Transactable,
  { timeoutMs, signal }: LockOptions,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    throwIfInterrupted(signal);
    try {
      return await knex.transaction(async (transaction) => {
        await dialect.warmUp(transaction);
        const value = await work(transaction);
        throwIfInterrupted(signal);
        return value;
      }, dialect.writeTransaction);
    } catch (error) {
      if (!(error instanceof LockRefused) && !dialect.isRetryable(error)) throw error;
      if (Date.now() >= deadline) throw new LockHeldError(timeoutMs / 1000);
    }
    // Two that met once should not meet again at the same moment.
    await sleep(POLL_INTERVAL_MS * (0.5 + Math.random()));
  }
}

/** The same, as the only sync or import on this database. */
export async function withExclusiveTransaction<T>(
  database: Transactable,
  options: LockOptions,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return withWriteTransaction(database, options, async (transaction) => {
    if (!(await database.dialect.tryLock(transaction))) throw new LockRefused();
    return work(transaction);
  });
}

/** Another run holds the lock just now. */
class LockRefused extends Error {}

/** Stops a run between two steps once the user asked for it. */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new InterruptedError();
}

/** Thrown to undo a transaction whose outcome is wanted all the same: a dry run, or an import with bad rows. */
export class RolledBack<T> extends Error {
  readonly outcome: T;

  constructor(outcome: T) {
    super("rolled back on purpose");
    this.outcome = outcome;
  }

  /** For `.catch`: the outcome of a transaction that was undone on purpose; any other error is thrown on. */
  static outcomeOf<T>(error: unknown): T {
    if (error instanceof RolledBack) return error.outcome as T;
    throw error;
  }
}
