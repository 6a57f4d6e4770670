import type { StatementCounts } from "../statement-counts.ts";
import type { SyncPlan } from "../sync/sync-plan.ts";
import type { ValueChange } from "../sync/unit-change.ts";
import type { CoverageAction, CoverageRecord, Reconciliation } from "./coverage.ts";

/** One coverage, its reconciliation with the level below, and what a change did to it. */
export interface CoverageReport {
  command: "coverage";
  action: CoverageAction | "show";
  /** The coverage before the change; absent for `show`. */
  before?: CoverageRecord;
  /** The coverage after the change and the sync that followed. */
  coverage: CoverageRecord;
  /** Empty where the unit has no coverage. */
  reconciliation: Reconciliation[];
  /** The columns that the user set. The plan has what the sync then changed. */
  fields: Record<string, ValueChange>;
  /** The sync that followed; null for `show`. */
  plan: SyncPlan | null;
  queries: StatementCounts;
  durationMs: number;
}

/** What a change did to a coverage and to those that depend on it. */
export interface CoverageChangeReport extends CoverageReport {
  before: CoverageRecord;
  plan: SyncPlan;
}
