import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { ConcurrentChangeError, DatabaseBusyError, InterruptedError, LockHeldError } from "../../core/errors.ts";
import { dialectOf } from "../connection/dialect-of.ts";

export interface RetryOptions {
  /** How long to wait for other runs and for transactions of other programs, in milliseconds; 10,000 by default. */
  lockTimeoutMs?: number | undefined;
  /** Aborts the work before it is committed. */
  signal?: AbortSignal | undefined;
}

/** Another run holds the lock. */
export class LockRefused extends Error {}

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 50;

/**
 * Runs `work` in a transaction, and again in a new one after a conflict with another transaction, until the timeout. A
 * statement that waits for a lock when `signal` is aborted is cancelled.
 *
 * @param work receives the time left for waiting, in milliseconds
 */
export async function retried<T>(
  knex: Knex,
  config: Knex.TransactionConfig,
  { lockTimeoutMs = DEFAULT_LOCK_TIMEOUT_MS, signal }: RetryOptions,
  work: (transaction: Knex.Transaction, leftMs: number) => Promise<T>,
): Promise<T> {
  // Not the wall clock, which may be set back.
  const deadline = performance.now() + lockTimeoutMs;
  for (;;) {
    if (signal?.aborted) throw new InterruptedError();
    const leftMs = Math.max(0, deadline - performance.now());
    try {
      return await knex.transaction(
        (transaction) => cancellable(transaction, signal, () => work(transaction, leftMs)),
        config,
      );
    } catch (error) {
      // The error is that of the cancelled statement.
      if (signal?.aborted) throw new InterruptedError();
      const refused = error instanceof LockRefused;
      const canRetry = refused || error instanceof ConcurrentChangeError || dialectOf(knex).errors.isRetryable(error);
      if (!canRetry) throw error;
      if (performance.now() >= deadline) {
        const seconds = lockTimeoutMs / 1000;
        throw refused ? new LockHeldError(seconds) : new DatabaseBusyError(seconds, { cause: error });
      }
    }
    // The pause is random so that two conflicting transactions do not conflict again.
    await sleep(POLL_INTERVAL_MS * (0.5 + Math.random()), undefined, { signal }).catch(() => {});
  }
}

async function cancellable<T>(
  transaction: Knex.Transaction,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  let cancelled = Promise.resolve();
  const cancel = () => {
    cancelled = dialectOf(transaction).connections.cancelStatement(transaction);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    const value = await work();
    if (signal?.aborted) throw new InterruptedError();
    return value;
  } finally {
    signal?.removeEventListener("abort", cancel);
    // Otherwise the request could reach a later statement of the connection.
    await cancelled;
  }
}
