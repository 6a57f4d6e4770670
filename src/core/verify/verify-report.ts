import type { ScopeSummary } from "../sync/scope.ts";
import type { Drift, LevelTotals } from "./drift.ts";
import type { SourceComparison } from "./source-comparison.ts";

/** What verify found: every place where a coverage is not what its communities say. */
export interface VerifyReport {
  command: "verify";
  scope: ScopeSummary;
  drift: Drift[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
  /** Null where no file was given to compare with. */
  source: SourceComparison | null;
  durationMs: number;
}
