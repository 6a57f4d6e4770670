import { grouped } from "../../../core/grouped.ts";
import type { ResolveReport } from "../../../core/import/import-report.ts";
import { counted, type Style, seconds } from "../style.ts";
import { headingLines } from "./headings.ts";
import { ignoredLines } from "./ignored.ts";
import { passedLines } from "./passed.ts";
import { sheetsLines } from "./read-sheets.ts";

/** One line for each row: the place as in the file, and the barangay or the reason why there is none. */
export function resolveText(report: ResolveReport, style: Style): string[] {
  const { paint, quiet } = style;
  const rows = quiet ? report.rows.filter(({ code }) => code === null) : report.rows;
  const lines = rows.map(({ row: number, sheet, given, code, place, message }) => {
    const row = sheet === undefined ? `row ${number}` : `${sheet}, row ${number}`;
    if (code === null) return `  ${paint.red("✗")} ${row}: ${given}: ${message}`;
    const note = message === "" ? "" : paint.yellow(` (${message})`);
    return `  ${paint.green("✓")} ${row}: ${given} → ${[code, place].join(" ").trim()}${note}`;
  });
  if (quiet) return lines;
  const summary = `${grouped(report.resolved)} of ${counted(report.rows.length, "row", "rows")} of ${report.file} resolve`;
  const ignored = [...ignoredLines(report.ignoredColumns, style), ...passedLines(report.passedOver, style)];
  return [
    ...sheetsLines(report.sheets, style),
    ...headingLines(report.headings, style),
    ...lines,
    "",
    ...ignored,
    `${summary} ${paint.dim(`(${seconds(report.durationMs)})`)}; nothing was written.`,
  ];
}
