import type { ScopeSummary } from "../sync/scope.ts";

export interface HistoryReport {
  command: "history";
  runs: RecordedRun[];
}

export interface RecordedRun {
  id: number;
  command: string;
  scope: ScopeSummary;
  communities: number;
  municipalities: { created: number; updated: number };
  provinces: { created: number; updated: number };
  durationMs: number;
  /** ISO 8601 in UTC. */
  finishedAt: string;
}
