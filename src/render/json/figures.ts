import type { ExportReport } from "../../core/figures/export-report.ts";
import type { FigureListReport } from "../../core/figures/figure-list-report.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import { rounded } from "./rounded.ts";
import type { ExportDocument, ListDocument } from "./types/figures.ts";

export function exportDocument({ stoppedEarly: _, ...report }: ExportReport): ExportDocument {
  return { formatVersion: FORMAT_VERSION, ...report, durationMs: rounded(report.durationMs) };
}

export function listDocument(report: FigureListReport): ListDocument {
  const { what, scope, changedSince, asOf, columns, rows, total, durationMs } = report;
  return {
    formatVersion: FORMAT_VERSION,
    command: what === "communities" ? "community" : "coverage",
    action: "list",
    scope,
    changedSince,
    asOf,
    total,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null]))),
    durationMs: rounded(durationMs),
  };
}
