import { grouped } from "../../core/grouped.ts";
import type { Level } from "../../core/sync/level.ts";
import { isNameList, type LevelCounts, type SyncPlan } from "../../core/sync/sync-plan.ts";
import type { SyncReport } from "../../core/sync/sync-report.ts";
import type { UnitChange, ValueChange } from "../../core/sync/unit-change.ts";
import { leftOutLines } from "./left-out.ts";
import { repairedLines } from "./repaired.ts";
import { counted, type Style, seconds } from "./style.ts";

const ACTIONS = {
  created: { color: "green", mark: "+", done: "Created", would: "Would create" },
  updated: { color: "cyan", mark: "✓", done: "Updated", would: "Would update" },
  removed: { color: "red", mark: "-", done: "Removed", would: "Would remove" },
} as const;

/** Number of changed fields that are listed after a name without --details. */
const FIELDS_SHOWN = 4;

export function* syncText(report: SyncReport, style: Style): Generator<string> {
  const { plan, dryRun } = report;
  yield* repairedLines(plan.repaired, dryRun, style);
  if (style.quiet) {
    if (dryRun) for (const change of plan.changes) yield* changeLines(change, dryRun, style);
    yield* leftOutLines(plan.findings, style);
    return;
  }
  if (plan.repaired.length > 0) yield "";
  yield* levelLines("municipality", report, style);
  yield* levelLines("province", report, style);
  yield* leftOutLines(plan.findings, style);
  if (plan.findings.length > 0) yield "";
  yield* summaryLines(plan, dryRun, style);
  yield "";
  yield dryRun
    ? style.paint.yellow("Dry run: nothing was written.")
    : style.paint.dim(`Done in ${seconds(report.durationMs)}.`);
}

/** The changes of a sync at both levels, for the reports of `community` and `coverage`; `none` says that there is none. */
export function planLines(plan: SyncPlan, none: string, style: Style): string[] {
  const changes = plan.changes.flatMap((change) => changeLines(change, false, style));
  return [...(changes.length > 0 ? changes : [style.paint.dim(none)]), ...leftOutLines(plan.findings, style)];
}

function* levelLines(level: Level, { plan, dryRun }: SyncReport, style: Style): Generator<string> {
  const counts = level === "municipality" ? plan.municipalities : plan.provinces;
  const total = counts.created + counts.updated + counts.unchanged + counts.manual + counts.archived;
  const found =
    level === "municipality"
      ? counted(total, "municipality", "municipalities")
      : counted(total, "province", "provinces");
  const changes = plan.changes.filter((change) => change.level === level);
  yield `Found ${found} with barangay OBCs`;
  for (const change of changes) yield* changeLines(change, dryRun, style);
  if (changes.length > 0) yield "";
}

/** The lines of one changed unit. */
export function changeLines(change: UnitChange, dryRun: boolean, { paint, details }: Style): string[] {
  const place = [change.name, change.parent, change.province].filter((name) => name).join(", ");
  const { color, mark, done, would } = ACTIONS[change.action];
  const heading = paint[color](`  ${mark} ${dryRun ? would : done}: ${place}`);
  const changed = Object.entries(change.fields);
  // Every field of a new coverage is a change, so only those with a value are listed.
  const listed = change.action === "created" ? changed.filter(([, { after }]) => after !== 0 && after !== "") : changed;
  const describe = ([column, value]: [string, ValueChange]) => describeChange(column, value, change.action);
  if (details) return [heading, ...listed.map((value) => `      ${describe(value)}`)];
  const shown = listed.slice(0, FIELDS_SHOWN).map(describe).join(", ");
  const rest = listed.length > FIELDS_SHOWN ? `, and ${listed.length - FIELDS_SHOWN} more` : "";
  return [shown === "" ? heading : `${heading}   ${paint.dim(shown + rest)}`];
}

/** Describes the change of one column. */
export function describeChange(column: string, { before, after }: ValueChange, action: UnitChange["action"]): string {
  if (isNameList(column)) return describeNames(column, String(before ?? ""), String(after));
  return action === "created" ? `${column} ${after}` : `${column} ${before ?? "none"} → ${after ?? "none"}`;
}

/** Describes the change of a list of names by the names added and removed, because the lists are long. */
function describeNames(column: string, before: string, after: string): string {
  const old = before === "" ? [] : before.split(", ");
  const now = after === "" ? [] : after.split(", ");
  const added = now.filter((name) => !old.includes(name)).map((name) => `+${name}`);
  const removed = old.filter((name) => !now.includes(name)).map((name) => `-${name}`);
  const changed = [...added, ...removed];
  const shown = changed.slice(0, 3).join(" ");
  return `${column} ${shown}${changed.length > 3 ? ` and ${changed.length - 3} more` : ""}`;
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
