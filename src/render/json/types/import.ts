import type {
  ColumnsReport,
  CommunityImportDetails,
  ImportReport,
  ResolveReport,
  TemplateReport,
} from "../../../core/import/import-report.ts";
import type { InspectReport } from "../../../core/import/inspect-report.ts";
import type { Head, SummaryDocument, Timed } from "./head.ts";

type Kept = Omit<ImportReport, "command" | "skipInvalid" | "details" | "sync" | "durationMs">;

/** import communities, import geography */
export interface ImportDocument extends Head<"import">, Timed, Kept, Partial<CommunityImportDetails> {
  /** What the sync at the end did; null with --no-sync, and where nothing is synced. */
  sync: SummaryDocument | null;
}

/** import communities --resolve-only */
export interface ResolveDocument extends Head<"import">, Timed, Omit<ResolveReport, "command" | "durationMs"> {
  what: "resolve";
}

/** import communities --list-columns */
export interface ColumnsDocument extends Head<"import">, Pick<ColumnsReport, "columns"> {
  what: "columns";
}

/** import communities --template */
export interface TemplateDocument extends Head<"import">, Omit<TemplateReport, "command"> {
  what: "template";
}

/** inspect */
export interface InspectDocument extends Head<"inspect">, Timed, Omit<InspectReport, "command" | "durationMs"> {}
