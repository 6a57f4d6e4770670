import Table from "cli-table3";
import type { Reconciliation } from "../core/coverage.ts";
import type { CoverageReport } from "../core/report.ts";
import { grouped, type Style } from "./text-style.ts";
import { describeChange, planLines } from "./text-sync.ts";

const DONE = {
  archive: "Archived",
  restore: "Restored",
  auto: "Made automatic",
  manual: "Made manual",
  set: "Changed",
} as const;

export function coverageText(report: CoverageReport, style: Style): string[] {
  const { action, coverage, fields, plan } = report;
  const place = `${coverage.name}, ${coverage.parent} (${coverage.code})`;
  if (plan === null || action === "show") return showText(report, place, style);
  if (style.quiet) return [];
  const changes = Object.entries(fields).map(([column, change]) => describeChange(column, change, "updated"));
  const heading = `${DONE[action]}: ${coverage.level} coverage of ${place}`;
  return [
    style.paint.bold(heading) + (changes.length > 0 ? `   ${style.paint.dim(changes.join(", "))}` : ""),
    ...(plan.changes.length > 0 ? planLines(plan, style) : [style.paint.dim("  Nothing else changed.")]),
  ];
}

function showText({ coverage, reconciliation }: CoverageReport, place: string, { paint, details }: Style): string[] {
  const state = coverage.coverage;
  if (state === null) return [`${paint.bold(place)}: no coverage`];
  const mode = [state.manual ? "manual" : "automatic", ...(state.archived ? ["archived"] : [])].join(", ");
  const below = coverage.level === "municipality" ? "communities" : "municipality coverages";
  const names = String(state.values[coverage.level === "municipality" ? "key_barangays" : "key_municipalities"] ?? "");
  const programs = state.values.existing_support_programs;
  const shown = details
    ? reconciliation
    : reconciliation.filter(({ total, attributed }) => total > 0 || attributed > 0);
  return [
    `${paint.bold(place)}  ${coverage.level} coverage, ${mode}`,
    ...(names === "" ? [] : [`  ${coverage.level === "municipality" ? "Barangays" : "Municipalities"}: ${names}`]),
    ...(programs ? [`  Support programs: ${programs}`] : []),
    "",
    `Reconciliation with its ${below}:`,
    ...reconciliationTable(shown, paint),
  ];
}

function reconciliationTable(rows: readonly Reconciliation[], paint: Style["paint"]): string[] {
  const table = new Table({
    head: ["Field", "Total", "Attributed", "Unattributed", "Attribution rate"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const { field, total, attributed, unattributed, attributionRate } of rows) {
    const rate = attributionRate === null ? "-" : `${(attributionRate * 100).toFixed(1)} %`;
    const mark = (text: string) => (unattributed === 0 ? text : paint.yellow(text));
    table.push([field, grouped(total), grouped(attributed), mark(grouped(unattributed)), mark(rate)]);
  }
  return table.toString().split("\n");
}
