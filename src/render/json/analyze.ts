import { type AnalyzeReport, countsOfFindings, isPassed } from "../../core/diagnosis/analysis.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";
import type { AnalyzeDocument } from "./types/diagnosis.ts";

/** The document of `analyze --json`, described in docs/json.md. */
export function analyzeDocument({
  command,
  checks,
  failOn,
  isEmpty,
  durationMs,
  ...rest
}: AnalyzeReport): AnalyzeDocument {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ok: isPassed({ checks, failOn }),
    failOn,
    ...rest,
    counts: countsOfFindings(checks),
    checks: checks.map((check) => ({ ...check, durationMs: rounded(check.durationMs) })),
    empty: isEmpty,
    durationMs: rounded(durationMs),
  };
}
