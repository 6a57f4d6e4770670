import type { AnalyzeReport, CheckListReport } from "./analysis.ts";
import type { CommunityAction, CommunityRecord } from "./community.ts";
import type { CoverageAction, CoverageRecord, Reconciliation } from "./coverage.ts";
import type { Drift, LevelTotals } from "./drift.ts";
import type { PlaceChange } from "./geography-diff.ts";
import type { PerfReport } from "./perf.ts";
import type { ScopeSummary } from "./scope.ts";
import type { LevelCounts, SyncPlan, ValueChange } from "./sync-plan.ts";

/** Version of the JSON documents that the program prints; it grows when a key changes its meaning or goes. */
export const FORMAT_VERSION = 1;

export interface StatementCounts {
  read: number;
  write: number;
  bookkeeping: number;
  control: number;
}

/** What a sync did, or with `dryRun` would do. */
export interface SyncReport {
  command: "sync";
  dryRun: boolean;
  plan: SyncPlan;
  queries: StatementCounts;
  durationMs: number;
}

/** What verify found: every place where a coverage is not what its communities say. */
export interface VerifyReport {
  command: "verify";
  scope: ScopeSummary;
  drift: Drift[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
  durationMs: number;
}

/** One cell or row of an imported file that could not be taken, or that is doubtful. */
export interface RowFinding {
  /** As a spreadsheet shows it: the header is row 1. */
  row: number;
  column: string;
  code: string;
  value: string;
  message: string;
}

export interface SyncSummary {
  scope: ScopeSummary;
  communities: number;
  municipalities: LevelCounts;
  provinces: LevelCounts;
}

export interface ImportReport {
  command: "import";
  what: "communities" | "geography";
  file: string;
  dryRun: boolean;
  /** Whether the good rows were written although others were left out. */
  skipInvalid: boolean;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  rejected: number;
  rejects: RowFinding[];
  warnings: RowFinding[];
  /** Geography only: every unit that was created, updated or removed. */
  places?: PlaceChange[];
  sync: SyncSummary | null;
  durationMs: number;
}

export interface MigrateReport {
  command: "migrate";
  database: string;
  /** Whether the database was only asked. */
  statusOnly: boolean;
  applied: string[];
  pending: string[];
}

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
  /** ISO 8601, UTC. */
  finishedAt: string;
}

/** One community: as it is, or what a change did to it and to the coverages above. */
export interface CommunityReport {
  command: "community";
  action: CommunityAction | "show";
  /** As it is now. */
  community: CommunityRecord;
  /** What the change changed in the community itself. */
  fields: Record<string, ValueChange>;
  /** Null where it was only shown. */
  plan: SyncPlan | null;
  queries: StatementCounts;
  durationMs: number;
}

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

/** How a watch ended: what it did in all. */
export interface WatchReport {
  command: "watch";
  syncs: number;
  failures: number;
  durationMs: number;
}

export type Report =
  | CommunityReport
  | CoverageReport
  | WatchReport
  | SyncReport
  | VerifyReport
  | ImportReport
  | MigrateReport
  | HistoryReport
  | PerfReport
  | AnalyzeReport
  | CheckListReport;

export function summarizePlan(plan: SyncPlan, scope: ScopeSummary): SyncSummary {
  return { scope, communities: plan.communities, municipalities: plan.municipalities, provinces: plan.provinces };
}
