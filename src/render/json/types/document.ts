import type { AnalyzeDocument, CheckListDocument, PerfDocument, StatusDocument, VerifyDocument } from "./diagnosis.ts";
import type { ExportDocument, FiguresDocument, ListDocument } from "./figures.ts";
import type { ColumnsDocument, ImportDocument, InspectDocument, ResolveDocument, TemplateDocument } from "./import.ts";
import type { CommunityDocument, CoverageDocument } from "./records.ts";
import type {
  ApplyDocument,
  HistoryDocument,
  MigrateDocument,
  PlanDocument,
  PruneDocument,
  RemovalDocument,
  RevertDocument,
  ShownRunDocument,
  UnitHistoryDocument,
} from "./runs.ts";
import type { CompletionDocument, InitDocument } from "./setup.ts";
import type { SyncDocument, WatchDocument } from "./sync.ts";

/** The document of any command. */
export type ReportDocument =
  | AnalyzeDocument
  | ApplyDocument
  | CheckListDocument
  | ColumnsDocument
  | CommunityDocument
  | CompletionDocument
  | CoverageDocument
  | ExportDocument
  | FiguresDocument
  | HistoryDocument
  | ImportDocument
  | InitDocument
  | InspectDocument
  | ListDocument
  | MigrateDocument
  | PerfDocument
  | PlanDocument
  | PruneDocument
  | RemovalDocument
  | ResolveDocument
  | RevertDocument
  | ShownRunDocument
  | StatusDocument
  | SyncDocument
  | TemplateDocument
  | UnitHistoryDocument
  | VerifyDocument
  | WatchDocument;
