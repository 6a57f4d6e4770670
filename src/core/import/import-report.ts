import type { PlaceChange } from "../geography/geography-diff.ts";
import type { SyncSummary } from "../sync/sync-report.ts";
import type { CandidateSummary, RowFinding } from "./row-finding.ts";

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
