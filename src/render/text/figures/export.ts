import { type AsOf, asOfNotes } from "../../../core/figures/as-of.ts";
import type { ChangedSince, ExportReport } from "../../../core/figures/export-report.ts";
import { LEVEL_PLURALS } from "../../../core/figures/figure-row.ts";
import { grouped } from "../../../core/grouped.ts";
import { counted, type Style, seconds, wrapped } from "../style.ts";

const UNITS_SHOWN = 5;

/** What was written, and what readers of the file have to know. Nothing where the reader left before the end. */
export function exportText(report: ExportReport, style: Style): string[] {
  if (report.stoppedEarly) return [];
  const { file, rows, columns, asOf, changedSince, durationMs } = report;
  const what = rows.map(({ level, rows: count }) => counted(count, level, LEVEL_PLURALS[level])).join(", ");
  const written = `Exported ${what}${file === null ? "" : ` to ${file}`}: ${counted(columns.length, "column", "columns")} (${seconds(durationMs)})`;
  const expected = [
    ...(asOf === null ? [] : [asOfLine(asOf)]),
    ...(changedSince === null ? [] : [changedSinceLine(changedSince)]),
    ...flagged(report),
  ];
  const said = style.quiet ? [] : [written, ...wrappedAll(expected, style)];
  return [...said, ...wrappedAll(losses(report), style)];
}

function wrappedAll(lines: readonly string[], style: Style): string[] {
  return lines.flatMap((line) => wrapped(line, style, "    "));
}

/** Rows whose figures mean something else. */
function flagged({ rows }: ExportReport): string[] {
  const manual = rows.reduce((sum, level) => sum + level.manual, 0);
  const archived = rows.reduce((sum, level) => sum + level.archived, 0);
  const lines: string[] = [];
  if (manual > 0) lines.push(`  ! ${grouped(manual)} manual: a person maintains the figures (auto_sync is false)`);
  if (archived > 0) lines.push(`  ! ${grouped(archived)} archived: not counted in any coverage (is_deleted is true)`);
  return lines;
}

/** What the file lacks. */
function losses(report: ExportReport): string[] {
  const { withoutGeometry, escapedTexts, cutTexts, asOf, changedSince, what } = report;
  const lines = [
    ...(asOf === null ? [] : foreignLines(asOf)),
    ...(changedSince === null ? [] : forgottenLines(changedSince)),
  ];
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
  if (cutTexts > 0) {
    lines.push(
      `  ! ${counted(cutTexts, "text was", "texts were")} cut at 32,767 characters, the most that a workbook holds`,
    );
  }
  return lines;
}

/** Of when the figures are. */
export function asOfLine(asOf: AsOf): string {
  return `  ${asOfNotes(asOf)[0]}.`;
}

/** Where figures of the past are not known. */
export function foreignLines(asOf: AsOf): string[] {
  return asOfNotes(asOf)
    .slice(1)
    .map((note) => `  ! ${note}`);
}

/** What rows that changed since a run rely on. */
export function changedSinceLine({ run }: ChangedSince): string {
  const runs = run === 0 ? "recorded runs" : `runs after run ${run}`;
  return `  Only what ${runs} have changed. Changes by other programs that no sync has followed are not among them.`;
}

/** The runs that may have changed more. */
export function forgottenLines({ forgottenRuns }: ChangedSince): string[] {
  if (forgottenRuns.length === 0) return [];
  return [`  ! The values that these runs changed were forgotten (history prune): ${forgottenRuns.join(", ")}`];
}
