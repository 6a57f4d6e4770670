import type { AnalyzeReport, CheckListReport, Severity } from "../../../core/diagnosis/analysis.ts";
import type { MeasuredStatement, PerfReport, ScopePerformance } from "../../../core/diagnosis/perf.ts";
import type { StatusContents, StatusReport } from "../../../core/diagnosis/status-report.ts";
import type { VerifyReport } from "../../../core/verify/verify-report.ts";
import type { FindingDocument, Head, Timed } from "./head.ts";

/** verify */
export interface VerifyDocument
  extends Head<"verify">,
    Timed,
    Pick<VerifyReport, "scope" | "drift" | "totals" | "checked" | "source" | "page"> {
  /** Whether there is no difference, finding or mismatch. */
  ok: boolean;
  /** Coverages that cannot be stored, so that sync leaves them out. They are not in `drift`. */
  findings: FindingDocument[];
  /** Whether there is neither a community nor a coverage in scope, so that nothing could differ. */
  empty: boolean;
}

/** analyze */
export interface AnalyzeDocument
  extends Head<"analyze">,
    Timed,
    Omit<AnalyzeReport, "command" | "isEmpty" | "durationMs"> {
  /** Whether no check of the severity --fail-on, or of a higher one, found anything. */
  ok: boolean;
  /** Number of findings, by severity. */
  counts: Record<Severity, number>;
  /** Whether there is neither a community nor a coverage in scope. */
  empty: boolean;
}

/** analyze --list */
export interface CheckListDocument extends Head<"analyze">, Pick<CheckListReport, "checks"> {}

/** perf */
export interface PerfDocument
  extends Head<"perf">,
    Timed,
    Omit<PerfReport, "command" | "scopes" | "showSql" | "durationMs"> {
  /** False if a scope exceeds the budget or statements grow with the scope. */
  ok: boolean;
  /** One each: changed, one municipality, one province, one region, everything. */
  scopes: PerfScopeDocument[];
}

export interface PerfScopeDocument extends Omit<ScopePerformance, "statements"> {
  /** The statements of the run with the most; only with --show-sql. */
  statements?: MeasuredStatement[];
}

/** status */
export interface StatusDocument
  extends Head<"status">,
    Timed,
    Omit<StatusReport, "command" | "contents" | "durationMs"> {
  /** Whether there is no problem. */
  healthy: boolean;
  contents: StatusContentsDocument | null;
}

export interface StatusContentsDocument extends Omit<StatusContents, "waiting"> {
  waiting: StatusContents["waiting"] & { oldestAgeSeconds: number | null };
  /** When coverages were last found, or made, to be as the change log says, ISO 8601 in UTC. */
  lastCheck: string | null;
  lastCheckAgeSeconds: number | null;
}
