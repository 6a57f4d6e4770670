import type { AnalyzeReport, CheckListReport } from "./diagnosis/analysis.ts";
import type { PerfReport } from "./diagnosis/perf.ts";
import type { StatusReport } from "./diagnosis/status-report.ts";
import type { ExportReport } from "./figures/export-report.ts";
import type { FigureListReport } from "./figures/figure-list-report.ts";
import type { ColumnsReport, ImportReport, ResolveReport, TemplateReport } from "./import/import-report.ts";
import type { InspectReport } from "./import/inspect-report.ts";
import type { FiguresReport } from "./overview/figures-report.ts";
import type { ApplyReport, PlanReport } from "./plans/plan-report.ts";
import type { CommunityReport } from "./records/community-report.ts";
import type { CoverageReport } from "./records/coverage-report.ts";
import type { RevertReport } from "./reverts/revert-report.ts";
import type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "./runs/history-report.ts";
import type { MigrateReport, RemovalReport } from "./runs/migrate-report.ts";
import type { CompletionReport } from "./setup/completion-report.ts";
import type { InitReport } from "./setup/init-report.ts";
import type { SyncReport } from "./sync/sync-report.ts";
import type { WatchReport } from "./sync/watch-report.ts";
import type { VerifyReport } from "./verify/verify-report.ts";

/** Version of the JSON documents. Increased when a key is removed or changes its meaning. */
export const FORMAT_VERSION = 1 as const;

/** The result of any command, discriminated by `command`. */
export type Report =
  | SyncReport
  | WatchReport
  | VerifyReport
  | StatusReport
  | AnalyzeReport
  | CheckListReport
  | PerfReport
  | FiguresReport
  | ImportReport
  | ResolveReport
  | TemplateReport
  | InspectReport
  | ColumnsReport
  | CommunityReport
  | CoverageReport
  | MigrateReport
  | RemovalReport
  | HistoryReport
  | RunReport
  | UnitHistoryReport
  | PruneReport
  | RevertReport
  | ExportReport
  | FigureListReport
  | ApplyReport
  | CompletionReport
  | InitReport
  | PlanReport;
