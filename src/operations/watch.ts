import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { InterruptedError, LockHeldError, ObcSyncError } from "../core/errors.ts";
import { CAPTURE_BROKEN } from "../core/sync/broken-trigger.ts";
import type { WatchEvent, WatchReport } from "../core/sync/watch-report.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { signalGiven } from "./shared/given-arguments.ts";
import { callGiven } from "./shared/given-options.ts";
import type { OperationOptions } from "./shared/options.ts";
import type { RepairOptions } from "./shared/runs/changed-sync.ts";
import { sync } from "./sync.ts";

export interface WatchOptions extends OperationOptions, RepairOptions {
  /** Ends the watch. */
  signal: AbortSignal;
  /** Called for each event. */
  onEvent?: ((event: WatchEvent) => void) | undefined;
}

/** How long to wait after a change, so that a burst of changes causes one sync. */
const GATHER_MS = 100;

/** The log is read at least this often, even without a signal. */
const IDLE_MS = 30_000;

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

const PASSING = ["DATABASE_UNREACHABLE", "DATABASE_BUSY"];

/**
 * Keeps coverages in sync until interrupted: syncs the units in the change log after each write. A failed sync is
 * reported and retried, with increasing delays; so is a server that is down at the start. Any other failure at the start
 * is fatal: most likely the setup is wrong. So are broken triggers that `repair` forbids to put back, at any time.
 */
export async function watch(knex: Knex, options: WatchOptions): Promise<WatchReport> {
  const started = performance.now();
  callGiven(knex, options);
  signalGiven("signal", options.signal);
  const { signal, onEvent = () => {} } = options;
  const { connections, errors } = dialectOf(knex);
  const database = connections.nameOf(knex);
  const totals = { syncs: 0, failures: 0 };
  let retryInMs = FIRST_RETRY_MS;
  let hasStarted = false;
  while (!signal.aborted) {
    try {
      const changes = await connections.openChangeSignal(knex);
      try {
        // Changes from before the start, or while the connection was down, are in the log.
        await syncChanged();
        onEvent(hasStarted ? { kind: "recovered", at: now() } : { kind: "started", at: now(), database });
        hasStarted = true;
        retryInMs = FIRST_RETRY_MS;
        while (!signal.aborted) {
          await changes.next(IDLE_MS, signal);
          await pause(GATHER_MS, signal);
          await syncChanged();
        }
      } finally {
        await changes.close();
      }
    } catch (error) {
      if (error instanceof InterruptedError || signal.aborted) break;
      const known = error instanceof ObcSyncError;
      const explained = (known ? null : errors.explain(error, database)) ?? (error as Error);
      if (isFatal(explained, hasStarted)) throw explained;
      totals.failures += 1;
      onEvent({ kind: "failed", at: now(), error: explained, retryInMs });
      await pause(retryInMs, signal);
      retryInMs = Math.min(retryInMs * 2, LONGEST_RETRY_MS);
    }
  }
  return { command: "watch", ...totals, durationMs: performance.now() - started };

  async function syncChanged(): Promise<void> {
    const { plan, durationMs } = await sync(knex, { ...options, scope: { kind: "changed" } });
    if (plan.logWatermark === null && plan.repaired.length === 0) return;
    totals.syncs += 1;
    onEvent({ kind: "synced", at: now(), plan, durationMs });
  }
}

function isFatal(error: Error, hasStarted: boolean): boolean {
  if (error instanceof ObcSyncError && error.code === CAPTURE_BROKEN) return true;
  return !hasStarted && !isPassing(error);
}

/** Whether an error can go away without anybody's doing: the server starts, or another program ends. */
function isPassing(error: Error): boolean {
  return error instanceof LockHeldError || (error instanceof ObcSyncError && PASSING.includes(error.code));
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => {});
}

function now(): string {
  return new Date().toISOString();
}
