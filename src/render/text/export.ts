import type { ChangedSince, ExportReport } from "../../core/figures/export-report.ts";
import { grouped } from "../../core/grouped.ts";
import { counted, type Style, seconds, wrapped } from "./style.ts";

const UNITS_SHOWN = 5;

/** What was written, and what readers of the file have to know. Nothing where the reader left before the end. */
export function exportText(report: ExportReport, style: Style): string[] {
  if (report.stoppedEarly) return [];
  const { file, rows, columns, durationMs } = report;
  const what = rows.map(({ level, rows: count }) => counted(count, level, PLURALS[level])).join(", ");
  const written = `Exported ${what}${file === null ? "" : ` to ${file}`}: ${counted(columns.length, "column", "columns")} (${seconds(durationMs)})`;
  return [...(style.quiet ? [] : [written]), ...remarks(report).flatMap((text) => wrapped(text, style, "    "))];
}

const PLURALS = {
  region: "regions",
  province: "provinces",
  municipality: "municipalities",
  community: "communities",
} as const;

function remarks(report: ExportReport): string[] {
  const { rows, withoutGeometry, escapedTexts, cutTexts, changedSince, what } = report;
  const manual = rows.reduce((sum, level) => sum + level.manual, 0);
  const archived = rows.reduce((sum, level) => sum + level.archived, 0);
  const lines = changedSince === null ? [] : changedSinceLines(changedSince);
  if (manual > 0) lines.push(`  ! ${grouped(manual)} manual: a person maintains the figures (auto_sync is false)`);
  if (archived > 0) lines.push(`  ! ${grouped(archived)} archived: not counted in any coverage (is_deleted is true)`);
  if (withoutGeometry.length > 0) {
    const lack = what === "communities" ? "coordinates" : "a border in the file";
    const shown = withoutGeometry.slice(0, UNITS_SHOWN).map(({ name, code }) => `${name} (${code})`);
    const rest = withoutGeometry.length - shown.length;
    lines.push(
      `  ! ${grouped(withoutGeometry.length)} without ${lack}, so without a geometry: ${shown.join(", ")}${rest > 0 ? ` and ${grouped(rest)} more` : ""}`,
    );
  }
  if (escapedTexts > 0) {
    lines.push(
      `  ! ${counted(escapedTexts, "text has", "texts have")} control characters, written as escapes such as \\u001b`,
    );
  }
  if (cutTexts > 0)
    lines.push(
      `  ! ${counted(cutTexts, "text was", "texts were")} cut at 32,767 characters, the most that a workbook holds`,
    );
  return lines;
}

/** What rows that changed since a run rely on, for exports and lists. */
export function changedSinceLines({ run, forgottenRuns }: ChangedSince): string[] {
  const lines = [
    `  Only what runs after run ${run} have changed. Changes by other programs that no sync has followed are not among them.`,
  ];
  if (forgottenRuns.length > 0) {
    lines.push(`  ! The values that these runs changed were forgotten (history prune): ${forgottenRuns.join(", ")}`);
  }
  return lines;
}
