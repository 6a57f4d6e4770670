import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { InterruptedError, LockHeldError } from "../core/errors.ts";
import type { Database } from "./connect.ts";

/** How a run waits for another one, and how it is told to stop. */
export interface LockOptions {
  timeoutMs: number;
  signal: AbortSignal;
}

const POLL_INTERVAL_MS = 50;
const MAX_ATTEMPTS = 5;

/** Runs `read` on one snapshot, in a transaction that the database itself keeps from writing. */
export function withSnapshot<T>(database: Database, read: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
  return database.knex.transaction(read, database.dialect.readOnlyTransaction);
}

/**
 * Runs `work` in one transaction as the only writer of this program. Nothing of it is kept unless all of it is. A
 * run that met a concurrent transaction is tried again on a new snapshot, a few times.
 *
 * @throws LockHeldError where another run does not finish within the time given
 * @throws InterruptedError where the signal came first
 */
export async function withExclusiveTransaction<T>(
  database: Database,
  options: LockOptions,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  for (let attempt = 1; ; ) {
    try {
      const outcome = await attemptLocked(database, options.signal, work);
      if (outcome !== null) return outcome.value;
    } catch (error) {
      if (!database.dialect.isRetryable(error) || attempt >= MAX_ATTEMPTS) throw error;
      attempt += 1;
      continue;
    }
    // The lock was held. Waiting happens outside of any transaction: each try starts from a fresh snapshot.
    if (Date.now() >= deadline) throw new LockHeldError(options.timeoutMs / 1000);
    await sleep(POLL_INTERVAL_MS);
  }
}

async function attemptLocked<T>(
  database: Database,
  signal: AbortSignal,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<{ value: T } | null> {
  return database.knex.transaction(async (transaction) => {
    throwIfInterrupted(signal);
    if (!(await database.dialect.tryLock(transaction))) return null;
    const value = await work(transaction);
    throwIfInterrupted(signal);
    return { value };
  }, database.dialect.writeTransaction);
}

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
