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

function findingLines(findings: readonly RowFinding[], mark: string): string[] {
  const lines = findings.slice(0, FINDINGS_SHOWN).map(({ row, column, code, value, message }) => {
    const where = [`row ${row}`, column, code === value ? "" : code].filter((part) => part !== "").join(", ");
    return `  ${mark} ${where}${value === "" ? "" : `: "${value}"`}: ${message}`;
  });
  const rest = findings.length - lines.length;
  return rest > 0 ? [...lines, `  ${mark} and ${grouped(rest)} more (--json lists all)`] : lines;
}
