/**
 * obc-sync as a library: the operations of the command line, each on a Knex instance or inside a Knex transaction of
 * yours. docs/library.md compares them with what they replace.
 */
export type {
  AnalyzeReport,
  CheckFinding,
  CheckListReport,
  CheckResult,
  FailOn,
  Severity,
} from "./core/diagnosis/analysis.ts";
export type { PerfBudget, PerfReport } from "./core/diagnosis/perf.ts";
export type { StatusContents, StatusProblem, StatusReport } from "./core/diagnosis/status-report.ts";
export {
  ConcurrentChangeError,
  DatabaseError,
  InputError,
  InterruptedError,
  LockHeldError,
  ObcSyncError,
  UnitError,
  UsageError,
} from "./core/errors.ts";
export { FIELDS, type Field } from "./core/fields.ts";
export type { ExportFormat, ExportReport } from "./core/figures/export-report.ts";
export type { FigureListReport } from "./core/figures/figure-list-report.ts";
export type { FigureLevel, FigureRow } from "./core/figures/figure-row.ts";
export type { PointInTime } from "./core/figures/point-in-time.ts";
export type { ColumnProfile } from "./core/import/column-profile.ts";
export type { ImportReport, ResolveReport, TemplateReport } from "./core/import/import-report.ts";
export type { InspectReport } from "./core/import/inspect-report.ts";
export type { FiguresReport } from "./core/overview/figures-report.ts";
export type { FigureColumn, OverviewUnit } from "./core/overview/overview-unit.ts";
export type { ApplyReport, PlanReport } from "./core/plans/plan-report.ts";
export type { SavedPlan } from "./core/plans/saved-plan.ts";
export type { CommunityRecord, CommunityValues, PassedCommunityValues } from "./core/records/community.ts";
export type { CommunityChangeReport, CommunityReport } from "./core/records/community-report.ts";
export type { CoverageRecord, PassedCoverageValues } from "./core/records/coverage.ts";
export type { CoverageChangeReport, CoverageReport } from "./core/records/coverage-report.ts";
export type { RevertReport } from "./core/reverts/revert-report.ts";
export type { RowFinding } from "./core/rows/row-finding.ts";
export type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "./core/runs/history-report.ts";
export type { MigrateReport, RemovalReport } from "./core/runs/migrate-report.ts";
export type { RecordedRun } from "./core/runs/run.ts";
export type { BrokenTrigger, TriggerProblem } from "./core/sync/broken-trigger.ts";
export type { Level } from "./core/sync/level.ts";
export type { CoverageValue, PlannedChange } from "./core/sync/planned-change.ts";
export type { ScopeRequest } from "./core/sync/scope.ts";
export type { SyncFinding } from "./core/sync/sync-finding.ts";
export type { SyncPlan } from "./core/sync/sync-plan.ts";
export type { SyncReport } from "./core/sync/sync-report.ts";
export type { UnitChange, UnitLevel, UnitValue, ValueChange } from "./core/sync/unit-change.ts";
export type { WatchEvent, WatchReport } from "./core/sync/watch-report.ts";
export type { Drift } from "./core/verify/drift.ts";
export type { VerifyReport } from "./core/verify/verify-report.ts";
export type { CommunityReference } from "./db/sync/scope-reader.ts";
export type { Connection } from "./db/transaction/transaction.ts";
export { type AnalyzeOptions, analyze, listChecks } from "./operations/analyze.ts";
export {
  type CoverageExportOptions,
  type ExportOptions,
  exportCommunities,
  exportCoverages,
} from "./operations/figures/export.ts";
export { type FigureOptions, withFigures } from "./operations/figures/figures.ts";
export {
  type CoverageListOptions,
  type FigureListOptions,
  listCommunities,
  listCoverages,
} from "./operations/figures/list-figures.ts";
export { type ReportOptions, report } from "./operations/figures/report.ts";
export type { CommunityImportOptions } from "./operations/import/communities/import-options.ts";
export { importCommunities, planImport } from "./operations/import/import-communities.ts";
export { type GeographyImportOptions, importGeography } from "./operations/import/import-geography.ts";
export { type InspectOptions, inspectFile } from "./operations/import/inspect.ts";
export { type ResolveOptions, resolveCommunities } from "./operations/import/resolve.ts";
export {
  type EmptyTemplateOptions,
  type TemplateOptions,
  writeEmptyTemplate,
  writeTemplate,
} from "./operations/import/template.ts";
export { type MigrateOptions, migrate, showMigrations } from "./operations/migrate.ts";
export { type PerfOptions, perf } from "./operations/perf.ts";
export {
  type BulkSyncOptions,
  bulkRefreshMunicipalities,
  bulkRefreshProvinces,
  bulkSyncCommunities,
  bulkSyncMunicipalities,
  type ProvinceStatistics,
  type RepairStatistics,
  refreshFromCommunities,
  refreshFromMunicipalities,
  type SyncStatistics,
  syncChanged,
  syncEntireHierarchy,
  syncForMunicipality,
  syncForProvince,
} from "./operations/records/bulk-sync.ts";
export {
  archiveCommunity,
  createCommunity,
  type RemovalOptions,
  removeCommunity,
  restoreCommunity,
  showCommunity,
  updateCommunity,
} from "./operations/records/community.ts";
export {
  type CoverageUnit,
  restore,
  setAutoSync,
  showCoverage,
  softDelete,
  updateCoverage,
} from "./operations/records/coverage.ts";
export { type BookkeepingRemovalOptions, removeBookkeeping } from "./operations/remove-bookkeeping.ts";
export { apply } from "./operations/runs/apply.ts";
export {
  type HistoryOptions,
  type HistoryUnit,
  history,
  type PruneOptions,
  pruneHistory,
  showRun,
  unitHistory,
} from "./operations/runs/history.ts";
export { applyPlanFile, type PlanFileOptions, savePlan, showPlanFile } from "./operations/runs/plan-file.ts";
export { planRevert, type RevertOptions, revert } from "./operations/runs/revert.ts";
export type { OperationOptions } from "./operations/shared/options.ts";
export type { RepairOptions } from "./operations/shared/runs/changed-sync.ts";
export { type StatusOptions, status } from "./operations/status.ts";
export { planSync, previewSync, type SyncOptions, sync } from "./operations/sync.ts";
export { type VerifyOptions, verify } from "./operations/verify.ts";
export { type WatchOptions, watch } from "./operations/watch.ts";
export { type PageOptions, reportPage as renderReport } from "./render/html/report/report-page.ts";
export { statusMetrics } from "./render/metrics/status.ts";
