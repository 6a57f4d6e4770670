import type { SyncPlan } from "./sync-plan.ts";

/** What a watch tells while it runs; times are ISO 8601 in UTC. */
export type WatchEvent =
  | { kind: "started"; at: string; database: string }
  | { kind: "synced"; at: string; plan: SyncPlan; durationMs: number }
  | { kind: "failed"; at: string; error: Error; retryInMs: number }
  | { kind: "recovered"; at: string };

/** How a watch ended: what it did in all. */
export interface WatchReport {
  command: "watch";
  syncs: number;
  failures: number;
  durationMs: number;
}
