import { grouped } from "../../../core/grouped.ts";
import type { InspectedTable, InspectReport } from "../../../core/import/inspect-report.ts";
import type { TableSource } from "../../../core/records/table-source.ts";
import { counted, cut, type Style, seconds, wrapped } from "../style.ts";
import { columnLines, oneLine } from "./inspect-columns.ts";
import { passedLines } from "./passed.ts";
import { sheetsLines } from "./read-sheets.ts";
import { findingLines, kindLines } from "./report.ts";
import { otherSheetsLines } from "./sheets.ts";

/** Fewer than an import lists: the whole report should fit on a screen. */
const FINDINGS_SHOWN = 10;

export function inspectText(report: InspectReport, style: Style): string[] {
  const { paint, quiet } = style;
  const problems = report.problems.flatMap(({ message, hint }) => [
    paint.red(`✗ An import refuses this file: ${message}`),
    ...hint.split("\n").map((line) => `  ${line.trim()}`),
  ]);
  const rejects = findingLines(report.rejects, paint.red("✗"), FINDINGS_SHOWN);
  if (quiet) return [...problems, ...rejects];
  return [
    ...sourceLines(report, style),
    ...tablesLines(report, style),
    "",
    ...problems,
    ...(problems.length > 0 ? [""] : []),
    ...kindLines(paint.red("Errors:"), report.rejectKinds),
    ...rejects,
    ...(rejects.length > 0 ? [""] : []),
    ...kindLines(paint.yellow("Warnings:"), report.warningKinds),
    ...findingLines(report.warnings, paint.yellow("!"), FINDINGS_SHOWN),
    ...(report.warnings.length > 0 ? [""] : []),
    ...passedLines(report.passedOver, style),
    ...verdictLines(report, style),
  ];
}

const FORMATS: Record<TableSource["format"], string> = {
  text: "delimited text",
  ndjson: "JSON lines",
  xlsx: "workbook (.xlsx)",
  ods: "workbook (.ods)",
  xls: "workbook (.xls)",
};

const DELIMITERS: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

function sourceLines(report: InspectReport, style: Style): string[] {
  const { file, source, sheets } = report;
  const { format, encoding, delimiter, sheet } = source;
  const facts = [
    FORMATS[format],
    ...(encoding === null ? [] : [encoding.toUpperCase()]),
    ...(delimiter === null ? [] : [`delimiter ${DELIMITERS[delimiter] ?? delimiter}`]),
    ...(sheet === null ? [] : [`sheet "${sheet}"`]),
  ];
  return [
    ...wrapped(`${file === "-" ? "standard input" : file}: ${facts.join(", ")}`, style, "  "),
    ...otherSheetsLines(source, style),
    ...sheetsLines(sheets, style),
    ...(sheets === null && report.headerRow !== null ? [headerText(report)] : []),
  ];
}

/** "header in row 3, 7 rows of data (rows 4 to 12)" */
function headerText({ headerRow, columns, rows, firstRow, lastRow }: InspectedTable): string {
  const header = headerRow === 0 ? "no header row" : `header in row ${headerRow}`;
  if (columns.length === 0) return header;
  const range = firstRow === null ? "" : ` (rows ${grouped(firstRow)} to ${grouped(lastRow ?? firstRow)})`;
  return `${header}, ${counted(rows, "row", "rows")} of data${range}`;
}

/** The columns of the only table, or of each sheet below its name. */
function tablesLines(report: InspectReport, style: Style): string[] {
  const isWorkbook = report.source.sheets.length > 0;
  const columns = (table: InspectedTable) => columnLines(table, isWorkbook, style);
  if (report.sheets !== null) {
    return report.tables.flatMap((table, index) => [
      ...(index === 0 ? [] : [""]),
      ...wrapped(`${style.paint.bold(`Sheet "${table.sheet}"`)}: ${headerText(table)}`, style, "  "),
      ...columns(table),
    ]);
  }
  return report.columns.length === 0 ? previewLines(report, style) : ["", ...columns(report)];
}

function previewLines({ preview }: InspectReport, { width }: Style): string[] {
  if (preview.length === 0) return [];
  return [
    "",
    "The first rows:",
    ...preview.map(({ row, cells }) => cut(`  ${row}: ${cells.map(oneLine).join(" | ")}`, width)),
  ];
}

function verdictLines(report: InspectReport, style: Style): string[] {
  const { paint } = style;
  const { rows, rejected, withoutValues, placesUnchecked, problems, file, durationMs } = report;
  const unchecked =
    placesUnchecked === null
      ? []
      : wrapped(
          `Barangays, rows that name one twice, and totals between the rows were not checked: ${placesUnchecked}`,
          style,
          "  ",
          paint.yellow,
        );
  const time = paint.dim(`(${seconds(durationMs)})`);
  if (report.columns.length === 0 && report.tables.length === 0) {
    return [...unchecked, `No row can be imported ${time}; nothing was written.`];
  }
  const good = `An import would read ${counted(rows, "row", "rows")} and reject ${grouped(rejected)}`;
  const empty = withoutValues === 0 ? "" : `; ${counted(withoutValues, "row has", "rows have")} no value`;
  const flags = report.sheets === null ? "" : " --all-sheets";
  const next =
    problems.length === 0 && file !== "-" ? [`Next: obc-sync import communities ${file}${flags} --dry-run`] : [];
  return [...unchecked, ...wrapped(`${good}${empty} ${time}; nothing was written.`, style, "  "), ...next];
}
