import type { UnitChange } from "../sync/unit-change.ts";
import type { RecordedRun } from "./run.ts";

/** The newest runs, newest first. */
export interface HistoryReport {
  command: "history";
  runs: RecordedRun[];
  /** As in VerifyReport. */
  isSetUp: boolean;
}

/** One run, and what it changed. */
export interface RunReport {
  command: "history-run";
  run: RecordedRun;
  /** Sorted by level and code; empty where `isForgotten`. */
  changes: UnitChange[];
  /** How many communities it changed besides, where they are more than 50,000. */
  omitted: number;
  /** Whether `history prune` has deleted the changes. */
  isForgotten: boolean;
}

/** The runs that changed one community or coverage, newest first. */
export interface UnitHistoryReport {
  command: "history-unit";
  unit: Pick<UnitChange, "level" | "code" | "name" | "parent" | "province">;
  entries: Array<{ run: RecordedRun; change: UnitChange }>;
}

/** What `history prune` deleted, or would delete. */
export interface PruneReport {
  command: "history-prune";
  dryRun: boolean;
  /** ISO 8601 in UTC: the changes of runs that finished before. */
  before: string;
  runs: number;
  /** Communities and coverages whose changes these runs kept. */
  units: number;
}
