import type { HistoryReport } from "../core/runs/history-report.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot } from "../db/connection/transaction.ts";
import { readRuns } from "../db/runs/run-store.ts";
import type { CommandContext } from "./context.ts";

/** Lists the newest syncs that were applied, newest first. */
export async function runHistory(limit: number, { settings }: CommandContext): Promise<HistoryReport> {
  return withDatabase(parseDatabaseLocation(settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => ({
      command: "history",
      runs: await readRuns(transaction, limit),
    })),
  );
}
