import type { PageFile } from "../page-file.ts";
import type { ScopeSummary } from "../sync/scope.ts";
import type { SyncFinding } from "../sync/sync-finding.ts";
import type { Drift, LevelTotals } from "./drift.ts";
import type { SourceComparison } from "./source-comparison.ts";

/** The result of verify: every coverage that differs from its communities. */
export interface VerifyReport {
  command: "verify";
  scope: ScopeSummary;
  drift: Drift[];
  /** Coverages that cannot be stored, so that sync leaves them out. They are not in `drift`. */
  findings: SyncFinding[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
  /** Whether there is neither a community nor a coverage in scope, so that nothing could differ. */
  isEmpty: boolean;
  /** Null where no --source file was given. */
  source: SourceComparison | null;
  /** Whether obc-sync has been set up on the database, which a sync needs. */
  isSetUp: boolean;
  /** The page that --report has written. */
  page?: PageFile;
  durationMs: number;
}

/** Whether verify found nothing to report. */
export function isClean({ drift, findings, source }: VerifyReport): boolean {
  return drift.length + findings.length + (source?.mismatches.length ?? 0) === 0;
}
