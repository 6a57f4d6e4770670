import type { AnalyzeReport, CheckListReport } from "./diagnosis/analysis.ts";
import type { PerfReport } from "./diagnosis/perf.ts";
import type { PlaceChange } from "./geography/geography-diff.ts";
import type { CommunityAction, CommunityRecord } from "./records/community.ts";
import type { CoverageAction, CoverageRecord, Reconciliation } from "./records/coverage.ts";
import type { ScopeSummary } from "./sync/scope.ts";
import type { LevelCounts, SyncPlan, ValueChange } from "./sync/sync-plan.ts";
import type { Drift, LevelTotals } from "./verify/drift.ts";
import type { SourceComparison } from "./verify/source-comparison.ts";

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
  /** Null where no file was given to compare with. */
  source: SourceComparison | null;
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
  /** What sort of mistake it is; not told for the geography. */
  kind?: string;
  /** Barangays that the row may mean, the likeliest first. */
  candidates?: CandidateSummary[];
}

/** A barangay that a row may mean. */
export interface CandidateSummary {
  code: string;
  barangay: string;
  municipality: string;
  province: string;
  /** From 0, nothing alike, to 1. */
  score: number;
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
  /** Communities only. */
  details?: CommunityImportDetails;
  durationMs: number;
}

/** What an import of communities tells besides what every import does. */
export interface CommunityImportDetails {
  /** Findings by kind: all of them, where the lists hold the first 50,000. */
  rejectKinds: Record<string, number>;
  warningKinds: Record<string, number>;
  /** Rows of communities that were there already and were left alone (--on-conflict skip). */
  skipped: number;
  /** Communities of the scope that the file does not have (--archive-missing). */
  archived: Array<{ code: string; name: string; municipality: string }>;
  /** The last row that was read before --max-errors stopped it; null where the whole file was read. */
  stoppedAtRow: number | null;
  rejectsFile: string | null;
}

/** How each row of a file resolves to a barangay; nothing was written. */
export interface ResolveReport {
  command: "resolve";
  file: string;
  rows: ResolvedRow[];
  resolved: number;
  unresolved: number;
  durationMs: number;
}

export interface ResolvedRow {
  row: number;
  /** As the file has it. */
  given: string;
  /** Null where the row does not resolve. */
  code: string | null;
  place: string;
  message: string;
  candidates: CandidateSummary[];
}

export interface TemplateReport {
  command: "template";
  file: string;
  columns: number;
  /** Barangays that are filled in. */
  rows: number;
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
  | ResolveReport
  | TemplateReport
  | MigrateReport
  | HistoryReport
  | PerfReport
  | AnalyzeReport
  | CheckListReport;

export function summarizePlan(plan: SyncPlan, scope: ScopeSummary): SyncSummary {
  return { scope, communities: plan.communities, municipalities: plan.municipalities, provinces: plan.provinces };
}
