import { countFindings, SEVERITIES } from "../../core/diagnosis/analysis.ts";
import type { FiguresReport } from "../../core/overview/figures-report.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";

const AS_IN_REPORT = [
  "command",
  "page",
  "scope",
  "createdAt",
  "asOf",
  "database",
  "edition",
  "note",
  "hasExampleFigures",
  "totals",
  "regions",
  "completeness",
] as const satisfies ReadonlyArray<keyof FiguresReport>;

/** The document of `report --json`, described in docs/json.md. It has no borders, and the runs only as a number. */
export function figuresDocument(report: FiguresReport): Record<string, unknown> {
  const { checks, changes } = report;
  const { lastSync, unsynced, oldestCoverage, newestCoverage } = report.freshness;
  return {
    formatVersion: FORMAT_VERSION,
    ...Object.fromEntries(AS_IN_REPORT.map((key) => [key, report[key]])),
    findings: Object.fromEntries(SEVERITIES.map((severity) => [severity, countFindings(checks, severity)])),
    freshness: { lastSync: lastSync?.finishedAt ?? null, unsynced, oldestCoverage, newestCoverage },
    changes: changes && {
      since: changes.since,
      runs: changes.runCount,
      forgotten: changes.isForgotten,
      units: changes.units,
      level: changes.level,
      coverages: changes.coverages,
    },
    durationMs: rounded(report.durationMs),
  };
}
