import type { RecordedRun } from "../runs/run.ts";
import type { SyncSummary } from "../sync/sync-report.ts";
import type { UnitChange } from "../sync/unit-change.ts";
import type { Overtaken } from "./revert-plan.ts";

/** What the revert of a run did, or would do where `dryRun` is true. */
export interface RevertReport {
  command: "revert";
  dryRun: boolean;
  /** The run that is taken back. */
  reverts: RecordedRun;
  /** The number of the revert, which is a run as well; null for a dry run. */
  run: number | null;
  /** Sorted by level and code, with the coverages that follow. */
  changes: UnitChange[];
  /** Units that stay as they are, because something newer stands there (force). */
  overtaken: Overtaken[];
  /** The file in which the plan was saved. */
  planFile?: string | undefined;
  /** The sync of the coverages above; null where the run only synced, because it would write the same values again. */
  sync: SyncSummary | null;
  durationMs: number;
}
