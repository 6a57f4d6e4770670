import type { ScopeSummary } from "../sync/scope.ts";
import type { Drift, LevelTotals } from "./drift.ts";
import type { SourceComparison } from "./source-comparison.ts";

/** The result of verify: every coverage that differs from its communities. */
export interface VerifyReport {
  command: "verify";
  scope: ScopeSummary;
  drift: Drift[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
  /** Null where no --source file was given. */
  source: SourceComparison | null;
  durationMs: number;
}
