import type { HistoryReport } from "../core/runs/history-report.ts";
import { readRuns } from "../db/runs/run-store.ts";
import { type Connection, withSnapshot } from "../db/transaction/transaction.ts";

export interface HistoryOptions {
  /** Maximum number of runs; 20 by default. */
  limit?: number;
}

/** Lists the latest syncs, newest first. */
export async function history(connection: Connection, { limit = 20 }: HistoryOptions = {}): Promise<HistoryReport> {
  const runs = await withSnapshot(connection, {}, (session) => readRuns(session, limit));
  return { command: "history", runs };
}
