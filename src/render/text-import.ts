import type { PlaceChange } from "../core/geography-diff.ts";
import type { ImportReport, RowFinding } from "../core/report.ts";
import { counted, grouped, type Style, seconds } from "./text-style.ts";
import { summaryLines } from "./text-sync.ts";

const FINDINGS_SHOWN = 20;

export function importText(report: ImportReport, style: Style): string[] {
  const { paint, quiet } = style;
  const rejects = findingLines(report.rejects, paint.red("✗"));
  const warnings = findingLines(report.warnings, paint.yellow("!"));
  if (quiet) return [...rejects, ...warnings];
  return [
    ...rejects,
    ...warnings,
    ...(rejects.length + warnings.length > 0 ? [""] : []),
    ...outcomeLines(report, style),
    ...placeLines(report.places ?? [], style),
    ...(report.sync === null ? [] : summaryLines(report.sync, report.dryRun, style)),
    ...(report.dryRun ? ["", paint.yellow("Dry run: nothing was written.")] : []),
  ];
}

function outcomeLines(report: ImportReport, { paint }: Style): string[] {
  const what =
    report.what === "communities" ? counted(report.rows, "row", "rows") : counted(report.rows, "unit", "units");
  const heading = `Read ${what} from ${report.file} ${paint.dim(`(${seconds(report.durationMs)})`)}`;
  if (report.rejected > 0 && !report.skipInvalid) {
    const rejected = counted(report.rejected, "row is bad", "rows are bad");
    return [
      heading,
      paint.red(`Nothing was written: ${rejected}. Mend the file, or write the others with --skip-invalid.`),
    ];
  }
  const verb = report.dryRun ? ["to create", "to update", "to remove"] : ["created", "updated", "removed"];
  const counts = [
    `${grouped(report.created)} ${verb[0]}`,
    `${grouped(report.updated)} ${verb[1]}`,
    `${grouped(report.unchanged)} unchanged`,
    ...(report.removed > 0 ? [`${grouped(report.removed)} ${verb[2]}`] : []),
    ...(report.rejected > 0 ? [paint.red(`${grouped(report.rejected)} left out`)] : []),
  ];
  const name = report.what === "communities" ? "Communities" : "Places";
  return [heading, `${name}: ${counts.join(", ")}`];
}

/** How many units differ in what, and those that were renamed, moved or removed by name. */
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
    ...(differing.length > 0 ? [`Differing: ${differing.join(", ")}`] : []),
    ...lines,
    ...(rest > 0 ? [`  and ${grouped(rest)} more (--json lists all)`] : []),
    ...(named.length > 0
      ? [paint.yellow("Names or places changed: bring the coverages right with obc-sync sync")]
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

function findingLines(findings: readonly RowFinding[], mark: string): string[] {
  const lines = findings.slice(0, FINDINGS_SHOWN).map(({ row, column, code, value, message }) => {
    const where = [`row ${row}`, column, code === value ? "" : code].filter((part) => part !== "").join(", ");
    return `  ${mark} ${where}${value === "" ? "" : `: "${value}"`}: ${message}`;
  });
  const rest = findings.length - lines.length;
  return rest > 0 ? [...lines, `  ${mark} and ${grouped(rest)} more (--json lists all)`] : lines;
}
