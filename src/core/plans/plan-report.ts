import type { SyncSummary } from "../sync/sync-report.ts";
import type { UnitChange } from "../sync/unit-change.ts";
import type { SavedPlan } from "./saved-plan.ts";

/** A plan that was applied. */
export interface ApplyReport {
  command: "apply";
  file: string;
  plan: SavedPlan;
  /** The number of the run. */
  run: number;
  /** The same as those of the plan. */
  changes: UnitChange[];
  /** The sync at its end; null if the plan has none. */
  sync: SyncSummary | null;
  durationMs: number;
}

/** A plan as its file has it. */
export interface PlanReport {
  command: "plan";
  file: string;
  plan: SavedPlan;
}
