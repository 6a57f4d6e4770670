import type { StatementCounts } from "../statement-counts.ts";
import type { ScopeSummary } from "./scope.ts";
import type { LevelCounts, SyncPlan } from "./sync-plan.ts";

/** What a sync did, or would do where `dryRun` is true. */
export interface SyncReport {
  command: "sync";
  dryRun: boolean;
  plan: SyncPlan;
  queries: StatementCounts;
  durationMs: number;
}

export interface SyncSummary {
  scope: ScopeSummary;
  communities: number;
  municipalities: LevelCounts;
  provinces: LevelCounts;
}

export function summarizePlan(plan: SyncPlan, scope: ScopeSummary): SyncSummary {
  return { scope, communities: plan.communities, municipalities: plan.municipalities, provinces: plan.provinces };
}
