import Table from "cli-table3";
import {
  type AnalyzeReport,
  type CheckFinding,
  type CheckListReport,
  type CheckResult,
  countFindings,
  type RegionOverview,
  SEVERITIES,
  type Severity,
} from "../core/analysis.ts";
import { counted, grouped, type Style, seconds } from "./text-style.ts";

const MARKS: Record<Severity, string> = { error: "✗", warning: "!", info: "·" };
const BAR_WIDTH = 10;

export function analyzeText(report: AnalyzeReport, style: Style): string[] {
  const found = report.checks.filter(({ count }) => count > 0);
  const findings = found.flatMap((check) => checkLines(check, style));
  if (style.quiet) return findings;
  const clean = report.checks.length - found.length;
  return [
    ...findings,
    ...(clean > 0 ? [style.paint.green(`✓ ${counted(clean, "check", "checks")} found nothing`), ""] : []),
    ...overviewTable(report.regions, style),
    "",
    `${verdict(report, style)} ${style.paint.dim(`(${report.checks.length} checks, ${seconds(report.durationMs)})`)}`,
  ];
}

export function checkListText({ checks }: CheckListReport, { paint }: Style): string[] {
  return checks.flatMap(({ id, severity, title, why }) => [`${paint.bold(id)} (${severity})`, `  ${title}. ${why}`]);
}

function checkLines(check: CheckResult, style: Style): string[] {
  const color = { error: style.paint.red, warning: style.paint.yellow, info: style.paint.cyan }[check.severity];
  const rest = check.count - check.findings.length;
  return [
    color(`${MARKS[check.severity]} ${check.severity} ${check.id}: ${check.title}: ${grouped(check.count)}`),
    style.paint.dim(`  ${check.why}`),
    ...check.findings.flatMap((finding) => findingLines(finding, style)),
    ...(rest > 0
      ? [style.paint.dim(`  of ${grouped(check.count)} in all; --check ${check.id} --sample N shows more`)]
      : []),
    "",
  ];
}

function findingLines({ code, name, figures, remedy }: CheckFinding, { paint }: Style): string[] {
  const told = Object.entries(figures)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === "number" ? grouped(value) : value}`);
  return [
    `  ${code} ${name}${told.length === 0 ? "" : `: ${told.join(", ")}`}`,
    ...remedy.split("\n").map((line, index) => paint.bold(`    ${index === 0 ? "→ " : "  "}${line}`)),
  ];
}

function overviewTable(regions: readonly RegionOverview[], style: Style): string[] {
  const table = new Table({
    head: ["Region", "Provinces", "Municipalities", "Communities", "Population", "Coverage", "Completeness"],
    colAligns: ["left", "right", "right", "right", "right", "left", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const region of regions) {
    table.push([
      region.name,
      grouped(region.provinces),
      grouped(region.municipalities),
      grouped(region.communities),
      grouped(region.population),
      bar(region.coverageShare, style),
      bar(region.completeness, style),
    ]);
  }
  return table.toString().split("\n");
}

/** "████████░░  82 %" */
function bar(share: number | null, { paint }: Style): string {
  if (share === null) return "none";
  const full = Math.round(share * BAR_WIDTH);
  // Rounded down: 100 % is said of what is complete only.
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `${paint.green("█".repeat(full))}${paint.dim("░".repeat(BAR_WIDTH - full))} ${percent}`;
}

function verdict({ checks }: AnalyzeReport, { paint }: Style): string {
  const counts = SEVERITIES.map((severity) => ({ severity, count: countFindings(checks, severity) }));
  const text = counts.map(({ severity, count }) => `${severity} ${grouped(count)}`).join(", ");
  const worst = counts.find(({ count }) => count > 0)?.severity;
  if (worst === undefined) return paint.green("✓ Nothing found");
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[worst](`Found: ${text}`);
}
