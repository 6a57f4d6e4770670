import type { StatementCounts } from "../statement-counts.ts";
import type { ScopeSummary } from "./scope.ts";
import type { SyncFinding } from "./sync-finding.ts";
import type { LevelCounts, SyncPlan } from "./sync-plan.ts";

/** What a sync did, or would do where `dryRun` is true. */
export interface SyncReport {
  command: "sync";
  dryRun: boolean;
  plan: SyncPlan;
  /** The file in which the plan was saved. */
  planFile?: string | undefined;
  queries: StatementCounts;
  durationMs: number;
}

export interface SyncSummary {
  scope: ScopeSummary;
  communities: number;
  municipalities: LevelCounts;
  provinces: LevelCounts;
  findings: SyncFinding[];
}

export function summarizePlan(plan: SyncPlan, scope: ScopeSummary): SyncSummary {
  const { communities, municipalities, provinces, findings } = plan;
  return { scope, communities, municipalities, provinces, findings };
}
