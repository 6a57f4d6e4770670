import type { StatementCounts } from "../statement-counts.ts";
import type { SyncPlan, ValueChange } from "../sync/sync-plan.ts";
import type { CoverageAction, CoverageRecord, Reconciliation } from "./coverage.ts";

/** One coverage: as it is, with what the level below accounts for, or what a change did. */
export interface CoverageReport {
  command: "coverage";
  action: CoverageAction | "show";
  /** As it is now. */
  coverage: CoverageRecord;
  /** Empty where the unit has no coverage. */
  reconciliation: Reconciliation[];
  /** What a person set; what sync did behind it is in the plan. */
  fields: Record<string, ValueChange>;
  /** Null where it was only shown. */
  plan: SyncPlan | null;
  queries: StatementCounts;
  durationMs: number;
}

/** What a change did to a coverage and to those that depend on it. */
export interface CoverageChangeReport extends CoverageReport {
  before: CoverageRecord;
  plan: SyncPlan;
}
