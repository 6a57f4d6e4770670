import type { PlaceChange } from "../../../core/geography/geography-diff.ts";
import { grouped } from "../../../core/grouped.ts";
import type { ImportReport } from "../../../core/import/import-report.ts";
import { FILE_ROW, type RowFinding } from "../../../core/rows/row-finding.ts";
import { findingText } from "../../finding-text.ts";
import { changeList, omittedLines } from "../changes/change-list.ts";
import { pageLines } from "../figures/page.ts";
import { leftOutLines } from "../left-out.ts";
import { planFileLines } from "../runs/plan.ts";
import { counted, type Style, seconds } from "../style.ts";
import { codesLines } from "./codes.ts";
import { headingLines } from "./headings.ts";
import { ignoredLines } from "./ignored.ts";
import { passedLines } from "./passed.ts";
import { sheetsLines } from "./read-sheets.ts";
import { otherSheetsLines } from "./sheets.ts";
import { importSummary, isRefused } from "./summary.ts";
import { totalsLines } from "./totals.ts";

const FINDINGS_SHOWN = 20;

export function importText(report: ImportReport, style: Style): string[] {
  const { paint, quiet } = style;
  const rejects = findingLines(report.rejects, paint.red("✗"));
  const warnings = findingLines(report.warnings, paint.yellow("!"));
  const rest = restLines(report, style);
  const doubts = kindLines(paint.yellow("Warnings:"), report.details?.warningKinds);
  const leftOut = leftOutLines(report.sync?.findings ?? [], style);
  // The digest of a national import takes a while: not where nobody sees it.
  const changes = quiet && !report.dryRun ? [] : changeLines(report, style);
  if (quiet) return [...rejects, ...rest, ...warnings, ...changes, ...leftOut];
  return [
    ...sheetsLines(report.details?.sheets, style),
    ...headingLines(report.details?.headings, style),
    ...kindLines(paint.red("Errors:"), report.details?.rejectKinds),
    ...rejects,
    ...rest,
    ...(rejects.length > 0 && doubts.length > 0 ? [""] : []),
    ...doubts,
    ...warnings,
    ...(rejects.length + warnings.length > 0 ? [""] : []),
    ...ignoredLines(report.details?.ignoredColumns, style),
    ...(report.details === undefined ? [] : otherSheetsLines(report.details.source, style)),
    ...passedLines(report.details?.passedOver, style),
    ...archivedLines(report),
    ...changes,
    ...(changes.length > 0 ? [""] : []),
    ...placeLines(report.places ?? [], style),
    ...(report.psgcCodes === undefined ? [] : codesLines(report.psgcCodes, style)),
    ...leftOut,
    ...totalsLines(report, style),
    ...outcomeLines(report, style),
    ...(report.dryRun ? [paint.yellow("Dry run: nothing was written.")] : runLines(report, style)),
    ...planFileLines(report.planFile, style),
    ...pageLines(report.page),
  ];
}

function changeLines({ changes = [], changesOmitted = 0 }: ImportReport, style: Style): string[] {
  return [...changeList(changes, "unsaid", style), ...omittedLines(changesOmitted)];
}

/** Counts the findings by kind, most frequent first. Omitted for a single finding. */
export function kindLines(heading: string, counts: Record<string, number> = {}): string[] {
  const kinds = Object.entries(counts).sort(([, left], [, right]) => right - left);
  if (kinds.reduce((sum, [, count]) => sum + count, 0) <= 1) return [];
  return [heading, ...kinds.map(([kind, count]) => `  ${grouped(count).padStart(7)}  ${findingText(kind)}`), ""];
}

function restLines({ rejects, details }: ImportReport, { paint }: Style): string[] {
  if (details === undefined || rejects.length === 0) return [];
  const lines: string[] = [];
  if (details.rejectsFile !== null) {
    const isOfSheets = details.sheets !== null && /\.xlsx$/i.test(details.rejectsFile);
    const how = isOfSheets ? "import that file with --all-sheets" : "import that file";
    lines.push(paint.yellow(`All bad rows are in ${details.rejectsFile}: fix them there and ${how}.`));
  }
  if (details.rejectsFile === null && rejects.length > FINDINGS_SHOWN) {
    lines.push(paint.dim("  To see all of them, use --json, or write the rows to a file with --rejects FILE."));
  }
  if (details.stoppedAtRow !== null) {
    lines.push(paint.yellow(`Reading stopped at row ${details.stoppedAtRow}: there may be more errors.`));
  }
  return lines;
}

/** The outcome comes last, because the list of findings above it may be long. */
function outcomeLines(report: ImportReport, style: Style): string[] {
  const { paint } = style;
  const what =
    report.what === "communities" ? counted(report.rows, "row", "rows") : counted(report.rows, "unit", "units");
  const outcome = [
    `Read ${what} from ${report.file} ${paint.dim(`(${seconds(report.durationMs)})`)}`,
    ...importSummary(report, style),
  ];
  if (!isRefused(report)) return [...outcome, ...withoutValuesLines(report, style)];
  const rejected = counted(report.rejected, "row is bad", "rows are bad");
  return [
    ...outcome,
    paint.red(`Nothing was written: ${rejected}. Fix the file, or import the good rows with --skip-invalid.`),
  ];
}

function withoutValuesLines({ details }: ImportReport, { paint }: Style): string[] {
  const rows = details?.withoutValues ?? 0;
  if (rows === 0) return [];
  const which = counted(
    rows,
    "row names a barangay and has no value: it",
    "rows name a barangay and have no value: they",
  );
  const what = rows === 1 ? "creates no community. To create it" : "create no communities. To create them";
  return [paint.yellow(`${which} ${what}, add --create-empty.`)];
}

function archivedLines({ details, dryRun }: ImportReport): string[] {
  const archived = details?.archived ?? [];
  if (archived.length === 0) return [];
  const lines = archived
    .slice(0, FINDINGS_SHOWN)
    .map(({ code, name, municipality }) => `  - ${code} ${name}, ${municipality}`);
  const rest = archived.length - lines.length;
  return [
    `${dryRun ? "To archive" : "Archived"}, because they are not in the file: ${grouped(archived.length)}`,
    ...lines,
    ...(rest > 0 ? [`  and ${grouped(rest)} more (--json lists all)`] : []),
  ];
}

/** Counts the changed attributes, and lists the units that were renamed, moved or removed. */
function placeLines(places: readonly PlaceChange[], { paint }: Style): string[] {
  const updated = places.filter(({ action }) => action === "updated");
  if (updated.length === 0 && !places.some(({ action }) => action === "removed")) return [];
  const attributes = ["code", "name", "parentCode", "kind", "population"] as const;
  const differing = attributes
    .map((attribute) => ({ attribute, count: updated.filter(({ fields }) => attribute in fields).length }))
    .filter(({ count }) => count > 0)
    .map(({ attribute, count }) => `${ATTRIBUTE_TEXT[attribute]} of ${grouped(count)}`);
  const named = places.filter(
    ({ action, fields }) => action === "removed" || "name" in fields || "parentCode" in fields,
  );
  const lines = named.slice(0, FINDINGS_SHOWN).map((place) => `  ${describePlace(place)}`);
  const rest = named.length - lines.length;
  return [
    ...(differing.length > 0 ? [`Changed: ${differing.join(", ")}`] : []),
    ...lines,
    ...(rest > 0 ? [`  and ${grouped(rest)} more (--json lists all)`] : []),
    ...(named.length > 0
      ? [paint.yellow("Names or parents changed. Recalculate the coverages with: obc-sync sync")]
      : []),
  ];
}

const ATTRIBUTE_TEXT = {
  code: "code",
  name: "name",
  parentCode: "parent",
  kind: "kind",
  population: "population",
} as const;

function describePlace({ level, code, name, action, fields }: PlaceChange): string {
  if (action === "removed") return `- ${level} ${code} ${name}`;
  const renamed = fields.name === undefined ? "" : ` (was ${fields.name.before})`;
  const recoded = fields.code === undefined ? "" : ` (was ${fields.code.before})`;
  const moved =
    fields.parentCode === undefined ? "" : `, moved from ${fields.parentCode.before} to ${fields.parentCode.after}`;
  return `~ ${level} ${code}${recoded} ${name}${renamed}${moved}`;
}

export function findingLines(findings: readonly RowFinding[], mark: string, most = FINDINGS_SHOWN): string[] {
  const lines = findings.slice(0, most).map((finding) => {
    const { row, sheet, code, value, message } = finding;
    const place = sheet === undefined ? `row ${row}` : `${sheet}, row ${row}`;
    const where = [row === FILE_ROW ? "" : place, columnText(finding), code === value ? "" : code]
      .filter((part) => part !== "")
      .join(", ");
    const at = value === "" ? where : `${where}: "${value}"`;
    return `  ${mark} ${at === "" ? "" : `${at}: `}${message}`;
  });
  const rest = findings.length - lines.length;
  return rest > 0 ? [...lines, `  ${mark} and ${grouped(rest)} more (--json lists all)`] : lines;
}

/** The column with the user's own heading and the cell: households ("No. of HHs", J8). */
function columnText({ column, heading, cell }: RowFinding): string {
  const own = [heading === undefined ? "" : `"${heading}"`, cell ?? ""].filter((part) => part !== "").join(", ");
  return own === "" ? column : `${column} (${own})`;
}

/** How to see and to take back what was written. */
function runLines({ run = null, changes = [] }: ImportReport, { paint }: Style): string[] {
  if (run === null || changes.length === 0) return [];
  return [paint.dim(`Run ${run}: obc-sync history show ${run}, and obc-sync revert ${run} takes it back.`)];
}
