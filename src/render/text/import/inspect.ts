import { grouped } from "../../../core/grouped.ts";
import { columnLetters } from "../../../core/headings/column-letters.ts";
import type { ColumnProfile } from "../../../core/import/column-profile.ts";
import type { InspectReport } from "../../../core/import/inspect-report.ts";
import type { TableSource } from "../../../core/import/table-source.ts";
import { counted, cut, type Style, seconds, wrapped } from "../style.ts";
import { type Column, tableLines } from "../table.ts";
import { passedLines } from "./passed.ts";
import { findingLines, kindLines } from "./report.ts";
import { otherSheetsLines } from "./sheets.ts";

/** Fewer than an import lists: the whole report should fit on a screen. */
const FINDINGS_SHOWN = 10;

export function inspectText(report: InspectReport, style: Style): string[] {
  const { paint, quiet } = style;
  const problems = report.problems.flatMap(({ message, hint }) => [
    paint.red(`✗ An import refuses this file: ${message}`),
    ...hint.split("\n").map((line) => `  ${line}`),
  ]);
  const rejects = findingLines(report.rejects, paint.red("✗"), FINDINGS_SHOWN);
  if (quiet) return [...problems, ...rejects];
  return [
    ...sourceLines(report, style),
    ...(report.columns.length === 0 ? previewLines(report, style) : ["", ...columnLines(report, style)]),
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

function sourceLines({ file, source, headerRow, rows, firstRow, lastRow }: InspectReport, style: Style): string[] {
  const { format, encoding, delimiter, sheet } = source;
  const facts = [
    FORMATS[format],
    ...(encoding === null ? [] : [encoding.toUpperCase()]),
    ...(delimiter === null ? [] : [`delimiter ${DELIMITERS[delimiter] ?? delimiter}`]),
    ...(sheet === null ? [] : [`sheet "${sheet}"`]),
  ];
  const header =
    headerRow === null ? "no header found" : headerRow === 0 ? "no header row" : `header in row ${headerRow}`;
  const range = firstRow === null ? "" : ` (rows ${grouped(firstRow)} to ${grouped(lastRow ?? firstRow)})`;
  return [
    ...wrapped(`${file === "-" ? "standard input" : file}: ${facts.join(", ")}`, style, "  "),
    ...otherSheetsLines(source, style),
    ...(headerRow === null ? [header] : [`${header}, ${counted(rows, "row", "rows")} of data${range}`]),
  ];
}

function columnLines({ columns, source }: InspectReport, style: Style): string[] {
  const isWorkbook = source.sheets.length > 0;
  const key: Column<ColumnProfile> = {
    head: "",
    align: "right",
    cell: ({ position }) => (isWorkbook ? columnLetters(position - 1) : String(position)),
  };
  const text = (head: string, shortest: number, cell: (profile: ColumnProfile) => string): Column<ColumnProfile> => ({
    ...{ head, align: "left", shortest, cell },
  });
  const count = (head: string, cell: (profile: ColumnProfile) => number): Column<ColumnProfile> => ({
    ...{ head, align: "right", cell: (profile) => grouped(cell(profile)) },
  });
  const samples = style.width === null ? 60 : Math.max(26, style.width - 90);
  const group = [
    text("Heading", 10, ({ heading }) => oneLine(heading)),
    text("Read as", 12, readAs),
    count("Filled", ({ filled }) => filled),
    ...(columns.some(isBad) ? [count("Bad", (profile) => (isBad(profile) ? profile.invalid : 0))] : []),
    { head: "Values", align: "left", cell: (profile: ColumnProfile) => cut(valuesOf(profile), samples) } as const,
  ];
  return tableLines(key, [group], columns, style);
}

/** Cells of an unknown column are neither good nor bad. */
function isBad({ invalid, reason }: ColumnProfile): boolean {
  return reason === null && invalid > 0;
}

function readAs({ column, reason }: ColumnProfile): string {
  switch (reason) {
    case null:
      return column ?? "";
    case "unknown":
      return "(unknown)";
    case "no-heading":
      return "(no heading)";
    case "ignored":
      return "(not imported)";
  }
}

/** "1 to 240, sum 12,345", or the first values of a column of text. */
function valuesOf({ smallest, largest, sum, invalid, samples, column }: ColumnProfile): string {
  if (smallest === null || largest === null || (column === null && invalid > 0))
    return samples.map(oneLine).join(" · ");
  const range = smallest === largest ? shown(smallest) : `${shown(smallest)} to ${shown(largest)}`;
  return sum === null ? range : `${range}, sum ${grouped(sum)}`;
}

/** Coordinates have decimals. */
function shown(number: number): string {
  return Number.isInteger(number) ? grouped(number) : String(number);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function previewLines({ preview }: InspectReport, { width }: Style): string[] {
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
  if (report.headerRow === null) return [...unchecked, `No row can be imported ${time}; nothing was written.`];
  const good = `An import would read ${counted(rows, "row", "rows")} and reject ${grouped(rejected)}`;
  const empty = withoutValues === 0 ? "" : `; ${counted(withoutValues, "row has", "rows have")} no value`;
  const next = problems.length === 0 && file !== "-" ? [`Next: obc-sync import communities ${file} --dry-run`] : [];
  return [...unchecked, ...wrapped(`${good}${empty} ${time}; nothing was written.`, style, "  "), ...next];
}
