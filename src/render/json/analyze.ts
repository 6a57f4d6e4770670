import { type AnalyzeReport, countFindings, isPassed, SEVERITIES } from "../../core/diagnosis/analysis.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";

/** The document of `analyze --json`, described in docs/json.md. */
export function analyzeDocument({
  command,
  checks,
  failOn,
  isEmpty,
  durationMs,
  ...rest
}: AnalyzeReport): Record<string, unknown> {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ok: isPassed({ checks, failOn }),
    failOn,
    ...rest,
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, countFindings(checks, severity)])),
    checks: checks.map((check) => ({ ...check, durationMs: rounded(check.durationMs) })),
    empty: isEmpty,
    durationMs: rounded(durationMs),
  };
}
