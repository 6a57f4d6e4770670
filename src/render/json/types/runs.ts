import type { SavedPlan } from "../../../core/plans/saved-plan.ts";
import type { Overtaken } from "../../../core/reverts/revert-plan.ts";
import type { RevertReport } from "../../../core/reverts/revert-report.ts";
import type { PruneReport, UnitHistoryReport } from "../../../core/runs/history-report.ts";
import type { MigrateReport, RemovalReport } from "../../../core/runs/migrate-report.ts";
import type { ActionCounts, RecordedRun } from "../../../core/runs/run.ts";
import type { ScopeSummary } from "../../../core/sync/scope.ts";
import type { UnitChange } from "../../../core/sync/unit-change.ts";
import type { ChangeDocument, Head, SummaryDocument, Timed } from "./head.ts";

/** A run of the history. */
export interface RunDocument extends RecordedRun {
  /** Coverages that it created and updated; as in `counts`. */
  municipalities: Pick<ActionCounts, "created" | "updated">;
  provinces: Pick<ActionCounts, "created" | "updated">;
}

/** history */
export interface HistoryDocument extends Head<"history"> {
  /** The newest first. */
  runs: RunDocument[];
}

/** history show */
export interface ShownRunDocument extends Head<"history"> {
  run: RunDocument;
  /** Sorted by level and code; empty where they are forgotten. */
  changes: ChangeDocument[];
  /** How many communities it changed besides, where they are more than 50,000. */
  omitted: number;
  /** Whether `history prune` has deleted the changes. */
  forgotten: boolean;
}

/** A run that changed a unit, with what it changed in it. */
export interface UnitRunDocument extends RunDocument {
  change: Pick<UnitChange, "action" | "fields">;
}

/** history --community, history --coverage */
export interface UnitHistoryDocument extends Head<"history">, Pick<UnitHistoryReport, "unit"> {
  /** The runs that changed the unit, the newest first. */
  runs: UnitRunDocument[];
}

/** history prune */
export interface PruneDocument extends Head<"history"> {
  pruned: Omit<PruneReport, "command">;
}

/** revert */
export interface RevertDocument extends Head<"revert">, Timed, Pick<RevertReport, "dryRun" | "run" | "planFile"> {
  /** The run that is taken back. */
  reverts: number;
  /** Sorted by level and code, with the coverages that follow. */
  changes: ChangeDocument[];
  /** Units that stay as they are, because something newer stands there. */
  overtaken: Array<Pick<UnitChange, "level" | "code" | "name" | "parent"> & Pick<Overtaken, "reason">>;
  /** The sync of the coverages above; null where the run only synced. */
  sync: SummaryDocument | null;
}

/** A plan without its changes. */
export interface PlanSummary
  extends Pick<SavedPlan, "command" | "createdAt" | "actor" | "database" | "schema" | "file" | "reverts"> {
  /** The file that has it. */
  planFile: string;
  /** Of the sync at its end; null if there is none. */
  scope: ScopeSummary | null;
}

/** plan show */
export interface PlanDocument extends Head<"plan"> {
  plan: PlanSummary;
  /** What would be written. */
  changes: ChangeDocument[];
}

/** apply */
export interface ApplyDocument extends Head<"apply">, Timed {
  plan: PlanSummary;
  /** The number of the run. */
  run: number;
  /** What was written. */
  changes: ChangeDocument[];
  sync: SummaryDocument | null;
}

/** migrate */
export interface MigrateDocument extends Head<"migrate">, Omit<MigrateReport, "command"> {}

/** migrate --remove */
export interface RemovalDocument extends Head<"migrate">, Omit<RemovalReport, "command"> {}
