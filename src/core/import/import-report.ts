import type { CodesReport } from "../geography/code-changes.ts";
import type { PlaceChange } from "../geography/geography-diff.ts";
import type { KnownColumn } from "../headings/known/heading-table.ts";
import type { PageFile } from "../page-file.ts";
import type { PassedRows } from "../records/passed-rows.ts";
import type { ReadColumns, ReadSheets } from "../records/read-columns.ts";
import type { TableSource } from "../records/table-source.ts";
import type { CandidateSummary, RowFinding } from "../rows/row-finding.ts";
import type { SyncSummary } from "../sync/sync-report.ts";
import type { UnitChange } from "../sync/unit-change.ts";
import type { ImportTotals } from "./import-totals.ts";

export interface ImportReport {
  command: "import";
  what: "communities" | "geography";
  file: string;
  dryRun: boolean;
  /** Whether the good rows were written although others were rejected. */
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
  /** Geography only, into the tables of an application: what happened to the PSGC codes of its places. */
  psgcCodes?: CodesReport;
  /** Communities only: what changes in each community, then in each coverage, sorted by level and code. */
  changes?: UnitChange[];
  /** Communities only: how many communities change besides, where they are more than 50,000. */
  changesOmitted?: number;
  /** Communities only: the number of the run; null where nothing was written. */
  run?: number | null;
  /** The page that --report has written. */
  page?: PageFile;
  /** The file in which the plan was saved. */
  planFile?: string | undefined;
  sync: SyncSummary | null;
  /** Communities only. */
  details?: CommunityImportDetails;
  durationMs: number;
}

/** The part of the report that only an import of communities has. */
export interface CommunityImportDetails extends ReadColumns {
  /** How totals change; null where bad rows prevent the import. */
  totals: ImportTotals | null;
  /** Number of rejects by kind, including those beyond the 50,000 that `rejects` holds; `warningKinds` likewise. */
  rejectKinds: Record<string, number>;
  warningKinds: Record<string, number>;
  /** Rows skipped because their community already exists (--on-conflict skip). */
  skipped: number;
  /** Good rows that name a barangay without a community and have no value: they create none (see --create-empty). */
  withoutValues: number;
  /** Rows that are no community, such as totals. They are not among `rows`. */
  passedOver: PassedRows;
  /** The sheets that were read (--all-sheets); otherwise null. */
  sheets: ReadSheets | null;
  /** Communities archived because the file does not have them (--archive-missing). */
  archived: Array<{ code: string; name: string; municipality: string }>;
  /** The last row read where --max-errors stopped the import; null where the whole file was read. */
  stoppedAtRow: number | null;
  /** What the file was read as. */
  source: TableSource;
  rejectsFile: string | null;
}

/** The barangay that each row of a file resolves to (--resolve-only). */
export interface ResolveReport extends Pick<ReadColumns, "ignoredColumns" | "headings"> {
  command: "resolve";
  file: string;
  rows: ResolvedRow[];
  resolved: number;
  unresolved: number;
  /** Rows that are no community, such as totals. */
  passedOver: PassedRows;
  /** The sheets that were read (--all-sheets); otherwise null. */
  sheets: ReadSheets | null;
  durationMs: number;
}

export interface ResolvedRow {
  row: number;
  /** The sheet that the row is in, where several are read. */
  sheet?: string;
  /** The place as written in the file. */
  given: string;
  /** Null where the row does not resolve. */
  code: string | null;
  place: string;
  message: string;
  candidates: CandidateSummary[];
}

/** The columns that a file of communities may have (--list-columns). */
export interface ColumnsReport {
  command: "columns";
  columns: KnownColumn[];
}

export interface TemplateReport {
  command: "template";
  file: string;
  columns: number;
  /** Number of barangays in it. */
  rows: number;
  /** Those of them with what is stored of their community (--with-values). */
  filled: number;
}
