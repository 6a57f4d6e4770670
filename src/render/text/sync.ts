import { grouped } from "../../core/grouped.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import type { LevelCounts, SyncPlan } from "../../core/sync/sync-plan.ts";
import type { SyncReport } from "../../core/sync/sync-report.ts";
import { changeList, isDigested } from "./changes/change-list.ts";
import { type Tense, unitLines } from "./changes/unit-lines.ts";
import { leftOutLines } from "./left-out.ts";
import { repairedLines } from "./repaired.ts";
import { planFileLines } from "./runs/plan.ts";
import { counted, type Style, seconds } from "./style.ts";

export function* syncText(report: SyncReport, style: Style): Generator<string> {
  const { plan, dryRun } = report;
  const tense = dryRun ? "planned" : "done";
  yield* repairedLines(plan.repaired, dryRun, style);
  if (style.quiet) {
    if (dryRun) yield* changeList(plan.changes, tense, style);
    yield* leftOutLines(plan.findings, style);
    return;
  }
  if (plan.repaired.length > 0) yield "";
  if (isDigested(plan.changes, style)) {
    yield* LEVELS.map((level) => foundLine(level, plan));
    yield "";
    yield* changeList(plan.changes, tense, style);
    yield "";
  } else for (const level of LEVELS) yield* levelLines(level, plan, tense, style);
  yield* leftOutLines(plan.findings, style);
  if (plan.findings.length > 0) yield "";
  yield* summaryLines(plan, dryRun, style);
  yield "";
  yield dryRun
    ? style.paint.yellow("Dry run: nothing was written.")
    : style.paint.dim(`Done in ${seconds(report.durationMs)}.`);
  yield* planFileLines(report.planFile, style);
}

/** The changes of a sync at both levels, for the reports of `community` and `coverage`; `none` says that there is none. */
export function planLines(plan: SyncPlan, none: string, style: Style): string[] {
  const changes = [...changeList(plan.changes, "done", style)];
  return [...(changes.length > 0 ? changes : [style.paint.dim(none)]), ...leftOutLines(plan.findings, style)];
}

function* levelLines(level: Level, plan: SyncPlan, tense: Tense, style: Style): Generator<string> {
  const changes = plan.changes.filter((change) => change.level === level);
  yield foundLine(level, plan);
  for (const change of changes) yield* unitLines(change, tense, style);
  if (changes.length > 0) yield "";
}

function foundLine(level: Level, plan: SyncPlan): string {
  const counts = level === "municipality" ? plan.municipalities : plan.provinces;
  const total = counts.created + counts.updated + counts.unchanged + counts.manual + counts.archived;
  const found =
    level === "municipality"
      ? counted(total, "municipality", "municipalities")
      : counted(total, "province", "provinces");
  return `Found ${found} with barangay OBCs`;
}

/** The block at the end of a sync. */
function summaryLines(summary: SyncPlan, dryRun: boolean, { paint }: Style): string[] {
  return [
    paint.bold("SUMMARY:"),
    `  Barangay OBCs:       ${grouped(summary.communities)}`,
    `  Municipal Coverage:  ${countsText(summary.municipalities, dryRun)}`,
    `  Provincial Coverage: ${countsText(summary.provinces, dryRun)}`,
  ];
}

function countsText(counts: LevelCounts, dryRun: boolean): string {
  const kept = [
    ...(counts.manual > 0 ? [`${grouped(counts.manual)} manual`] : []),
    ...(counts.archived > 0 ? [`${grouped(counts.archived)} archived`] : []),
  ];
  const created = `${grouped(counts.created)} ${dryRun ? "to create" : "created"}`;
  const updated = `${grouped(counts.updated)} ${dryRun ? "to update" : "updated"}`;
  const text = `${created}, ${updated}, ${grouped(counts.unchanged)} unchanged`;
  return kept.length === 0 ? text : `${text}; ${kept.join(", ")} (left alone)`;
}
