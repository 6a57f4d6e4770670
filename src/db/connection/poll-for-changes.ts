import { setTimeout as sleep } from "node:timers/promises";

const POLL_INTERVAL_MS = 100;

/**
 * Asks again and again whether the database has changed, until it has, `timeoutMs` have passed or `signal` is aborted.
 * PostgreSQL could notify instead, but each NOTIFY holds a lock until its transaction is committed, so that eight writers
 * committed four times as slowly: docs/decisions/change-capture.md has the figures.
 */
export async function pollForChanges(
  hasChanged: () => Promise<boolean>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!signal.aborted && performance.now() < deadline && !(await hasChanged())) {
    await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}
