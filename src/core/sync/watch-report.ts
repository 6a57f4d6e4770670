import type { SyncPlan } from "./sync-plan.ts";

/** What a watch reports while it runs. Times are ISO 8601 in UTC. */
export type WatchEvent =
  | { kind: "started"; at: string; database: string }
  | { kind: "synced"; at: string; plan: SyncPlan; durationMs: number }
  | { kind: "failed"; at: string; error: Error; retryInMs: number }
  | { kind: "recovered"; at: string };

/** The totals of a watch that has ended. */
export interface WatchReport {
  command: "watch";
  syncs: number;
  failures: number;
  durationMs: number;
}
