/**
 * obc-sync as a library: the operations of the command line, each on a Knex instance or inside a Knex transaction of
 * yours. docs/library.md compares them with what they replace.
 */

export type { Boundaries, Boundary, BoundaryGeometry } from "./core/boundaries/boundary.ts";
export {
  type AnalyzeReport,
  type CheckDescription,
  type CheckFinding,
  type CheckListReport,
  type CheckResult,
  type FailOn,
  type Figure,
  type RegionOverview,
  SEVERITIES,
  type Severity,
} from "./core/diagnosis/analysis.ts";
export type {
  MeasuredStatement,
  OverBudget,
  PerfBudget,
  PerfReport,
  PlanExplanation,
  ScopePerformance,
  Spread,
} from "./core/diagnosis/perf.ts";
export {
  STATUS_PROBLEMS,
  type StatusContents,
  type StatusError,
  type StatusFacts,
  type StatusProblem,
  type StatusReport,
} from "./core/diagnosis/status-report.ts";
export {
  ConcurrentChangeError,
  DatabaseBusyError,
  DatabaseError,
  type DatabaseErrorCode,
  type ErrorCode,
  GeographyMissingError,
  InputError,
  InterruptedError,
  LockHeldError,
  ObcSyncError,
  UnitError,
  type UnitErrorCode,
  UsageError,
} from "./core/errors.ts";
export {
  COMMUNITY_TEXT_COLUMNS,
  type CommunityCoordinate,
  type CommunityTextColumn,
  FIELDS,
  type Field,
} from "./core/fields.ts";
export type { AsOf, ForeignSync, ForeignUnit } from "./core/figures/as-of.ts";
export {
  type ChangedSince,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportReport,
} from "./core/figures/export-report.ts";
export type { ListColumn } from "./core/figures/figure-columns.ts";
export type { FigureListReport } from "./core/figures/figure-list-report.ts";
export { FIGURE_LEVELS, type FigureLevel, type FigureRow } from "./core/figures/figure-row.ts";
export type { ForeignChange } from "./core/figures/past-state.ts";
export type { PointInTime } from "./core/figures/point-in-time.ts";
export type { Provenance } from "./core/figures/provenance.ts";
export type { CodeChange, CodesReport } from "./core/geography/code-changes.ts";
export {
  PLACE_LEVELS,
  type PlaceAttribute,
  type PlaceChange,
  type PlaceLevel,
} from "./core/geography/geography-diff.ts";
export type { StoredPlace, UncodedPlace } from "./core/geography/stored-place.ts";
export type { ColumnMapping, MappedHeading } from "./core/headings/import-columns.ts";
export type { UnitColumn, UnitNames } from "./core/headings/unit-headings.ts";
export type { ColumnProfile } from "./core/import/column-profile.ts";
export type {
  CommunityImportDetails,
  ImportReport,
  ResolvedRow,
  ResolveReport,
  TemplateReport,
} from "./core/import/import-report.ts";
export type { ImportTotals, TotalChange, TotalChanges } from "./core/import/import-totals.ts";
export type { InspectedTable, InspectReport } from "./core/import/inspect-report.ts";
export type {
  ChangesSince,
  Completeness,
  CoverageChange,
  FiguresReport,
  Freshness,
  ListedUnit,
  ReportMap,
  ReportScope,
  ReportTotals,
  WithoutCommunities,
} from "./core/overview/figures-report.ts";
export {
  FIGURE_COLUMNS,
  type FigureName,
  type FigureValues,
  type OverviewState,
  type OverviewUnit,
} from "./core/overview/overview-unit.ts";
export type { PageFile } from "./core/page-file.ts";
export type { ApplyReport, PlanReport } from "./core/plans/plan-report.ts";
export type { DatabaseIdentity, SavedPlan } from "./core/plans/saved-plan.ts";
export type {
  CommunityAction,
  CommunityRecord,
  CommunityValues,
  PassedCommunityValues,
} from "./core/records/community.ts";
export type { CommunityChangeReport, CommunityReport } from "./core/records/community-report.ts";
export type {
  CoverageAction,
  CoverageRecord,
  CoverageState,
  PassedCoverageValues,
  Reconciliation,
} from "./core/records/coverage.ts";
export type { CoverageChangeReport, CoverageReport } from "./core/records/coverage-report.ts";
export type { PassedKind, PassedRow, PassedRows } from "./core/records/passed-rows.ts";
export type { FileColumn, ReadColumns, ReadHeading, ReadSheets } from "./core/records/read-columns.ts";
export type { SheetName, TableSource, WorkbookFormat } from "./core/records/table-source.ts";
export type { Overtaken } from "./core/reverts/revert-plan.ts";
export type { RevertReport } from "./core/reverts/revert-report.ts";
export type { Obstacle } from "./core/reverts/unit-step.ts";
export type { CandidateSummary, RowFinding } from "./core/rows/row-finding.ts";
export type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "./core/runs/history-report.ts";
export type { CitusStatus, MigrateReport, RemovalReport } from "./core/runs/migrate-report.ts";
export type { ActionCounts, RecordedRun, RunCounts, RunFile } from "./core/runs/run.ts";
export type { StoredChange, StoredUnit } from "./core/runs/stored-change.ts";
export type { Purpose, StatementCounts } from "./core/statement-counts.ts";
export type { BrokenTrigger, TriggerProblem } from "./core/sync/broken-trigger.ts";
export { LEVELS, type Level, type LevelUnit } from "./core/sync/level.ts";
export type { CoverageValue, PlannedChange, PlannedUnit } from "./core/sync/planned-change.ts";
export {
  type ChangedScope,
  type Scope,
  type ScopeRequest,
  type ScopeSummary,
  type ScopeUnits,
  UNIT_SCOPES,
  type UnitScopeKind,
} from "./core/sync/scope.ts";
export type { SyncFinding } from "./core/sync/sync-finding.ts";
export type { ComputedColumns, LevelCounts, SyncPlan } from "./core/sync/sync-plan.ts";
export type { SyncReport, SyncSummary } from "./core/sync/sync-report.ts";
export {
  UNIT_LEVELS,
  type UnitChange,
  type UnitLevel,
  type UnitValue,
  type ValueChange,
} from "./core/sync/unit-change.ts";
export type { WatchEvent, WatchReport } from "./core/sync/watch-report.ts";
export type { Drift, DriftKind, FieldTotals, LevelTotals } from "./core/verify/drift.ts";
export type { SourceComparison, SourceLevel, SourceMismatch } from "./core/verify/source-comparison.ts";
export type { VerifyReport } from "./core/verify/verify-report.ts";
export type { CommunityReference } from "./db/sync/scope-reader.ts";
export type { RetryOptions } from "./db/transaction/retry.ts";
export type { Connection } from "./db/transaction/transaction.ts";
export type { TableOptions } from "./files/table-reader.ts";
export type { Delimiter } from "./files/table-row.ts";
export type { Encoding } from "./files/text/text-decoder.ts";
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
export type { TextSink } from "./operations/shared/figures/export-file.ts";
export type { FigureRequest, LevelRequest } from "./operations/shared/figures/figure-source.ts";
export type { CommunityFileOptions } from "./operations/shared/import/community-file.ts";
export type { RejectsOptions } from "./operations/shared/import/rejects/rejects-file.ts";
export type { StagingOptions } from "./operations/shared/import/row-checks.ts";
export type { DatabaseOptions, OperationOptions } from "./operations/shared/options.ts";
export type { RepairOptions } from "./operations/shared/runs/changed-sync.ts";
export type { Planned } from "./operations/shared/runs/saved-plan.ts";
export { type StatusOptions, status } from "./operations/status.ts";
export { planSync, previewSync, type SyncOptions, sync } from "./operations/sync.ts";
export { type VerifyOptions, verify } from "./operations/verify.ts";
export { type WatchOptions, watch } from "./operations/watch.ts";
export { type PageOptions, reportPage as renderReport } from "./render/html/report/report-page.ts";
export { LANGUAGES, type Language } from "./render/html/texts/texts.ts";
export { statusMetrics } from "./render/metrics/status.ts";
