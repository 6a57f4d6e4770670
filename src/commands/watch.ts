import { setTimeout as sleep } from "node:timers/promises";
import { InterruptedError } from "../core/errors.ts";
import type { WatchReport } from "../core/sync/watch-report.ts";
import { openChangeSignal } from "../db/capture/change-signal.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { describeLocation, parseDatabaseLocation } from "../db/connection/location.ts";
import type { CommandContext } from "./context.ts";
import { syncOnce } from "./sync.ts";

/** How long to wait for the rest of a burst, so that it makes one sync. */
const GATHER_MS = 100;

/** How long without a signal before the log is looked at all the same. */
const IDLE_MS = 30_000;

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/**
 * Keeps the coverages right until it is interrupted: syncs what the change log names whenever something was written.
 * What goes wrong is reported and tried again, with growing pauses; only what fails at the very start is fatal, since
 * then it most likely never worked.
 */
export async function runWatch(context: CommandContext): Promise<WatchReport> {
  const started = performance.now();
  const { settings, signal, emit } = context;
  const location = parseDatabaseLocation(settings.database);
  const totals = { syncs: 0, failures: 0 };
  let retryInMs = FIRST_RETRY_MS;
  let hasStarted = false;
  while (!signal.aborted) {
    try {
      await withDatabase(location, "write", async (database) => {
        const changes = await openChangeSignal(location, database);
        try {
          // Whatever was written before this, or while the connection was down, is in the log.
          await syncChanged();
          if (!hasStarted) emit({ kind: "started", at: now(), database: describeLocation(location) });
          else emit({ kind: "recovered", at: now() });
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

        async function syncChanged(): Promise<void> {
          const from = performance.now();
          const plan = await syncOnce(database, { scope: { kind: "changed" }, provinces: true }, context);
          if (plan.logWatermark === null) return;
          totals.syncs += 1;
          emit({ kind: "synced", at: now(), plan, durationMs: performance.now() - from });
        }
      });
    } catch (error) {
      if (error instanceof InterruptedError || signal.aborted) break;
      if (!hasStarted) throw error;
      totals.failures += 1;
      emit({ kind: "failed", at: now(), error: error as Error, retryInMs });
      await pause(retryInMs, signal);
      retryInMs = Math.min(retryInMs * 2, LONGEST_RETRY_MS);
    }
  }
  return { command: "watch", ...totals, durationMs: performance.now() - started };
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => {});
}

function now(): string {
  return new Date().toISOString();
}
