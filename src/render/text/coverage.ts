import { grouped } from "../../core/grouped.ts";
import type { CoverageRecord, Reconciliation } from "../../core/records/coverage.ts";
import type { CoverageReport } from "../../core/records/coverage-report.ts";
import { describeFields } from "./changes/unit-lines.ts";
import { leftOutLines } from "./left-out.ts";
import { headed, percent, type Style } from "./style.ts";
import { planLines } from "./sync.ts";
import { tableLines } from "./table.ts";

const DONE = {
  archive: "Archived",
  restore: "Restored",
  auto: "Made automatic",
  manual: "Made manual",
  set: "Changed",
} as const;

export function coverageText(report: CoverageReport, style: Style): string[] {
  const { action, before, coverage, fields, plan } = report;
  const place = `${coverage.name}, ${coverage.parent} (${coverage.code})`;
  if (plan === null || action === "show") return showText(report, place, style);
  if (style.quiet) return leftOutLines(plan.findings, style);
  const changes = describeFields({ action: "updated", fields }, style).join(", ");
  const flags = (record?: CoverageRecord) => [record?.coverage?.manual, record?.coverage?.archived].join();
  const isChanged = Object.keys(fields).length > 0 || flags(before) !== flags(coverage);
  const heading = `${isChanged ? DONE[action] : "Unchanged"}: ${coverage.level} coverage of ${place}`;
  return [...headed(heading, changes, style, style.paint.bold), ...planLines(plan, "  Nothing else changed.", style)];
}

function showText({ coverage, reconciliation }: CoverageReport, place: string, style: Style): string[] {
  const { paint, details } = style;
  const state = coverage.coverage;
  if (state === null) return [`${paint.bold(place)}: no coverage`];
  const mode = [state.manual ? "manual" : "automatic", ...(state.archived ? ["archived"] : [])].join(", ");
  const below = coverage.level === "municipality" ? "communities" : "municipality coverages";
  const names = String(state.values[coverage.level === "municipality" ? "key_barangays" : "key_municipalities"] ?? "");
  const programs = state.values.existing_support_programs;
  const shown = details
    ? reconciliation
    : reconciliation.filter(({ total, attributed }) => (total ?? 0) > 0 || attributed > 0);
  return [
    `${paint.bold(place)}  ${coverage.level} coverage, ${mode}`,
    ...(names === "" ? [] : [`  ${coverage.level === "municipality" ? "Barangays" : "Municipalities"}: ${names}`]),
    ...(programs ? [`  Support programs: ${programs}`] : []),
    "",
    `Reconciliation with its ${below}, and the attribution rate:`,
    ...reconciliationTable(shown, style),
  ];
}

function reconciliationTable(rows: readonly Reconciliation[], style: Style): string[] {
  const mark = ({ unattributed }: Reconciliation, text: string) =>
    unattributed === 0 || unattributed === null ? text : style.paint.yellow(text);
  const figure = (value: number | null) => (value === null ? "-" : grouped(value));
  const rate = ({ attributionRate }: Reconciliation) => (attributionRate === null ? "-" : percent(attributionRate));
  return tableLines(
    { head: "Field", align: "left", cell: ({ field }) => field },
    [
      [
        { head: "Total", align: "right", cell: ({ total }) => figure(total) },
        { head: "Attributed", align: "right", cell: ({ attributed }) => grouped(attributed) },
        { head: "Unattri-\nbuted", align: "right", cell: (row) => mark(row, figure(row.unattributed)) },
        { head: "Rate", align: "right", cell: (row) => mark(row, rate(row)) },
      ],
    ],
    rows,
    style,
  );
}
