import Table from "cli-table3";
import { grouped } from "../../../core/grouped.ts";
import type { CoverageValue } from "../../../core/sync/planned-change.ts";
import type { Drift, DriftKind } from "../../../core/verify/drift.ts";
import type { SourceComparison } from "../../../core/verify/source-comparison.ts";
import type { VerifyReport } from "../../../core/verify/verify-report.ts";
import { pageLines } from "../figures/page.ts";
import { headingLines } from "../import/headings.ts";
import { ignoredLines } from "../import/ignored.ts";
import { passedLines } from "../import/passed.ts";
import { sheetsLines } from "../import/read-sheets.ts";
import { otherSheetsLines } from "../import/sheets.ts";
import { leftOutLines } from "../left-out.ts";
import { counted, headed, type Style, seconds } from "../style.ts";

const FIELDS_SHOWN = 4;
const MAIN_TOTALS = ["total_obc_communities", "estimated_obc_population", "households"];
const KIND_TEXT: Record<DriftKind, string> = { missing: "Missing", stale: "Stale", orphan: "Orphan" };

export function verifyText(report: VerifyReport, style: Style): string[] {
  const drift = report.drift.flatMap((found) => driftLines(found, style));
  const source = sourceLines(report, style);
  const leftOut = leftOutLines(report.findings, style);
  if (style.quiet) return [...drift, ...leftOut, ...source];
  const checked = checkedUnits(report);
  const differ = report.drift.length + report.findings.length;
  const verdict = report.isEmpty
    ? style.paint.yellow(`! Nothing to verify: ${nothingIn(report)}`)
    : differ === 0
      ? style.paint.green(`✓ All coverages agree with their communities: ${checked} checked`)
      : style.paint.red(
          `✗ ${counted(differ, "coverage differs", "coverages differ")} from the communities; ${checked} checked`,
        );
  const fix = report.isSetUp ? "obc-sync sync" : "obc-sync migrate && obc-sync sync";
  const next = drift.length === 0 ? [] : ["", `Fix with: ${fix}`];
  return [
    ...drift,
    ...leftOut,
    ...(differ > 0 ? [""] : []),
    ...totalsTable(report, style),
    "",
    `${verdict} ${style.paint.dim(`(${seconds(report.durationMs)})`)}`,
    ...next,
    ...(source.length > 0 ? ["", ...source] : []),
    ...pageLines(report.page),
  ];
}

const MISMATCHES_SHOWN = 20;

/** The differences between the --source file and the database. */
function sourceLines({ source }: VerifyReport, style: Style): string[] {
  const { paint, quiet, details } = style;
  if (source === null) return [];
  const { file, rows, checked, mismatches } = source;
  const shown = details ? mismatches : mismatches.slice(0, MISMATCHES_SHOWN);
  const lines = shown.map(({ level, code, name, field, source: inFile, database }) => {
    const unit = level === "all" ? "everything" : `${level} ${code} ${name}`;
    return `  ${paint.red(`✗ ${unit}`)}: ${field} is ${grouped(inFile)} in the file, ${grouped(database)} in the database`;
  });
  const rest = mismatches.length - shown.length;
  if (rest > 0) lines.push(`  and ${grouped(rest)} more (--details or --json lists all)`);
  if (quiet) return lines;
  const units = [
    ...(checked.barangays > 0 ? [counted(checked.barangays, "barangay", "barangays")] : []),
    counted(checked.municipalities, "municipality", "municipalities"),
    counted(checked.provinces, "province", "provinces"),
  ].join(", ");
  const verdict =
    mismatches.length === 0
      ? paint.green(`✓ The database agrees with ${file}`)
      : paint.red(`✗ The database differs from ${file} in ${counted(mismatches.length, "figure", "figures")}`);
  return [...readLines(source, style), ...lines, `${verdict} (${counted(rows, "row", "rows")}; ${units} compared)`];
}

/** How the file was read, as an import shows it. */
function readLines(source: SourceComparison, style: Style): string[] {
  return [
    ...sheetsLines(source.sheets, style),
    ...headingLines(source.headings, style),
    ...ignoredLines(source.ignoredColumns, style),
    ...(source.source === null ? [] : otherSheetsLines(source.source, style)),
    ...passedLines(source.passedOver, style),
  ];
}

/** Also used by the formats for CI. */
export function nothingIn({ scope }: Pick<VerifyReport, "scope">): string {
  if (scope.kind === "all") return "the database is empty: it has no communities and no coverages";
  return `there are no communities and no coverages in ${scope.units.join(", ")}`;
}

/** "3 municipalities and 1 province". Also used by the formats for CI. */
export function checkedUnits({ checked: { municipalities, provinces } }: VerifyReport): string {
  return `${counted(municipalities, "municipality", "municipalities")} and ${counted(provinces, "province", "provinces")}`;
}

/** The differing fields of a coverage with the stored and the expected values. Also used by the formats for CI. */
export function describeDrift(drift: Drift, figureText: (figure: number) => string): string {
  const text = (value: CoverageValue) => (typeof value === "number" ? figureText(value) : value || "nothing");
  const fields = Object.entries(drift.fields);
  const shown = fields
    .slice(0, FIELDS_SHOWN)
    .map(([column, { stored, expected }]) => `${column} stored ${text(stored)}, expected ${text(expected)}`)
    .join("; ");
  return fields.length > FIELDS_SHOWN ? `${shown}; and ${fields.length - FIELDS_SHOWN} more` : shown;
}

function driftLines(drift: Drift, style: Style): string[] {
  const place = `${drift.name}, ${drift.parent} (${drift.code})`;
  return headed(`  ✗ ${KIND_TEXT[drift.kind]}: ${place}`, describeDrift(drift, grouped), style, style.paint.red);
}

/** Compares the totals of the three levels: the main fields, and any field whose totals differ. */
function totalsTable({ totals }: VerifyReport, { paint, details }: Style): string[] {
  const rows = Object.keys(totals.communities).filter((column) => {
    const [communities, municipalities, provinces] = figures(column);
    return details || MAIN_TOTALS.includes(column) || communities !== municipalities || communities !== provinces;
  });
  function figures(column: string): number[] {
    return [totals.communities, totals.municipalities, totals.provinces].map((level) => level[column] ?? 0);
  }
  const table = new Table({
    head: ["Totals", "Communities", "Municipalities", "Provinces"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const column of rows) {
    const values = figures(column);
    const agree = values.every((value) => value === values[0]);
    table.push([column, ...values.map((value) => (agree ? grouped(value) : paint.yellow(grouped(value))))]);
  }
  return table.toString().split("\n");
}
