import {
  type AnalyzeReport,
  type CheckFinding,
  type CheckListReport,
  type CheckResult,
  countFindings,
  type RegionOverview,
  SEVERITIES,
  type Severity,
} from "../../../core/diagnosis/analysis.ts";
import { grouped } from "../../../core/grouped.ts";
import { pageLines } from "../figures/page.ts";
import { counted, type Style, seconds, wrapped } from "../style.ts";
import { type Column, tableLines } from "../table.ts";
import { nothingIn } from "./verify.ts";

const MARKS: Record<Severity, string> = { error: "✗", warning: "!", info: "·" };
const BAR_WIDTH = 10;

export function analyzeText(report: AnalyzeReport, style: Style): string[] {
  const found = report.checks.filter(({ count }) => count > 0);
  const findings = found.flatMap((check) => checkLines(check, style));
  if (style.quiet) return findings;
  const clean = report.checks.length - found.length;
  const ran = `${counted(report.checks.length, "check", "checks")}, ${seconds(report.durationMs)}`;
  return [
    ...findings,
    ...(clean > 0 ? [style.paint.green(`✓ ${counted(clean, "check", "checks")} found nothing`), ""] : []),
    ...overviewTable(report.regions, style),
    "",
    ...(report.isEmpty ? [style.paint.yellow(`! Nothing to check: ${nothingIn(report)}`)] : []),
    `${verdict(report, style)} ${style.paint.dim(`(${ran})`)}`,
    ...pageLines(report.page),
  ];
}

export function checkListText({ checks }: CheckListReport, style: Style): string[] {
  return checks.flatMap(({ id, severity, title, why }) => [
    `${style.paint.bold(id)} (${severity})`,
    ...wrapped(`  ${title}. ${why}`, style, "  "),
  ]);
}

function checkLines(check: CheckResult, style: Style): string[] {
  const { id, severity, title, why, count, findings } = check;
  const color = { error: style.paint.red, warning: style.paint.yellow, info: style.paint.cyan }[severity];
  const rest = count - findings.length;
  const more = `  ${grouped(count)} in all; list more with --check ${id} --sample N`;
  return [
    ...wrapped(`${MARKS[severity]} ${severity} ${id}: ${title}: ${grouped(count)}`, style, "  ", color),
    ...wrapped(`  ${why}`, style, "  ", style.paint.dim),
    ...findings.flatMap((finding) => findingLines(finding, style)),
    ...(rest > 0 ? [style.paint.dim(more)] : []),
    "",
  ];
}

function findingLines({ code, name, figures, remedy }: CheckFinding, style: Style): string[] {
  const listed = Object.entries(figures)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === "number" && !isId(key) ? grouped(value) : value}`);
  return [
    ...wrapped(`  ${code} ${name}${listed.length === 0 ? "" : `: ${listed.join(", ")}`}`, style, "    "),
    ...remedy.split("\n").map((line, index) => style.paint.bold(`    ${index === 0 ? "→ " : "  "}${line}`)),
  ];
}

/** Ids are typed in statements, so they have no separators. */
function isId(key: string): boolean {
  return key.endsWith("_id");
}

function overviewTable(regions: readonly RegionOverview[], style: Style): string[] {
  const figure = (head: string, value: (region: RegionOverview) => number): Column<RegionOverview> => ({
    head,
    align: "right",
    cell: (region) => grouped(value(region)),
  });
  const share = (head: string, value: (region: RegionOverview) => number | null): Column<RegionOverview> => ({
    head,
    align: "left",
    cell: (region) => bar(value(region), style),
  });
  return tableLines(
    { head: "Region", align: "left", cell: ({ name }) => name, shortest: 24 },
    [
      [
        figure("Provinces", ({ provinces }) => provinces),
        figure("Munici-\npalities", ({ municipalities }) => municipalities),
        figure("Communities", ({ communities }) => communities),
        figure("Population", ({ population }) => population),
      ],
      [
        share("Municipalities\nwith coverage", ({ coverageShare }) => coverageShare),
        share("Figures\nfilled in", ({ completeness }) => completeness),
      ],
    ],
    regions,
    style,
  );
}

/** "████████░░  82 %" */
function bar(share: number | null, { paint }: Style): string {
  if (share === null) return "none";
  const full = Math.round(share * BAR_WIDTH);
  // Rounded down, so that 100 % means complete.
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `${paint.green("█".repeat(full))}${paint.dim("░".repeat(BAR_WIDTH - full))} ${percent}`;
}

function verdict({ checks, isEmpty }: AnalyzeReport, { paint }: Style): string {
  const counts = SEVERITIES.map((severity) => ({ severity, count: countFindings(checks, severity) }));
  const text = counts.map(({ severity, count }) => `${severity} ${grouped(count)}`).join(", ");
  const worst = counts.find(({ count }) => count > 0)?.severity;
  if (worst === undefined) return isEmpty ? "Nothing found" : paint.green("✓ Nothing found");
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[worst](`Found: ${text}`);
}
