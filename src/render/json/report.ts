import { countsOfFindings } from "../../core/diagnosis/analysis.ts";
import type { FiguresReport } from "../../core/overview/figures-report.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";
import type { FiguresDocument } from "./types/figures.ts";

/** The document of `report --json`, described in docs/json.md. It has no borders, and the runs only as a number. */
export function figuresDocument(report: FiguresReport): FiguresDocument {
  const {
    command,
    scope,
    createdAt,
    asOf,
    database,
    edition,
    note,
    hasExampleFigures,
    totals,
    regions,
    completeness,
    checks,
    page,
  } = report;
  const { lastSync, unsynced, oldestCoverage, newestCoverage } = report.freshness;
  const { changes } = report;
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ...(page && { page }),
    scope,
    createdAt,
    asOf,
    database,
    edition,
    note,
    hasExampleFigures,
    totals,
    regions,
    completeness,
    findings: countsOfFindings(checks),
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
