import { grouped } from "../../../core/grouped.ts";
import type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "../../../core/runs/history-report.ts";
import type { ActionCounts, RecordedRun, RunCounts } from "../../../core/runs/run.ts";
import { changeList, omittedLines } from "../changes/change-list.ts";
import { unitLines } from "../changes/unit-lines.ts";
import { counted, type Style, seconds } from "../style.ts";
import { type Column, tableLines } from "../table.ts";

export function historyText({ runs, isSetUp }: HistoryReport, style: Style): string[] {
  if (style.quiet) return [];
  if (runs.length === 0) return [`Nothing has run yet. Run: obc-sync ${isSetUp ? "sync" : "migrate"}`];
  const text = (head: string, cell: (run: RecordedRun) => string): Column<RecordedRun> => ({
    head,
    align: "left",
    cell,
  });
  const changed = (head: string, level: keyof RunCounts): Column<RecordedRun> => ({
    head,
    align: "right",
    cell: ({ counts }) => marks(counts[level] ?? NONE),
  });
  return [
    ...tableLines(
      { head: "Run", align: "right", cell: ({ id }) => String(id) },
      [
        [
          text("Finished (UTC)", ({ finishedAt }) => minute(finishedAt)),
          { ...text("Command", shortCommand), shortest: 20 },
          { ...text("Scope", scopeText), shortest: 12 },
          { ...text("By", ({ actor }) => actor), shortest: 10 },
        ],
        [
          ...(runs.some(({ counts }) => counts.places !== undefined) ? [changed("Places", "places")] : []),
          changed("Communities", "communities"),
          changed("Municipalities", "municipalities"),
          changed("Provinces", "provinces"),
          { head: "Reverted\nby", align: "right", cell: ({ revertedBy }) => String(revertedBy ?? "") },
          { head: "Took", align: "right", cell: ({ durationMs }) => seconds(durationMs) },
        ],
      ],
      runs,
      style,
    ),
    style.paint.dim("+ created, ~ updated, - removed. Show what a run changed: obc-sync history show RUN"),
  ];
}

export function* runText({ run, changes, omitted, isForgotten }: RunReport, style: Style): Generator<string> {
  yield style.paint.bold(`Run ${run.id}: ${commandText(run)}`);
  yield `  ${minute(run.finishedAt)} UTC by ${run.actor}, ${seconds(run.durationMs)}, scope ${scopeText(run)}`;
  if (run.file !== null) yield `  file ${run.file.name}, SHA-256 ${run.file.sha256}`;
  if (isForgotten) yield "  The values that it changed were forgotten (history prune).";
  else if (changes.length === 0) yield `  It changed no community and no coverage${placesText(run)}.`;
  yield* changeList(changes, "done", style);
  yield* omittedLines(omitted);
}

export function* unitHistoryText({ unit, entries }: UnitHistoryReport, style: Style): Generator<string> {
  yield style.paint.bold(`${unit.level} ${unit.name}, ${unit.parent} (${unit.code})`);
  if (entries.length === 0) yield "  No recorded run has changed it.";
  for (const { run, change } of entries) {
    yield `  ${minute(run.finishedAt)}  run ${run.id}  ${commandText(run)} by ${run.actor}`;
    yield* unitLines(change, "done", style).map((line) => `  ${line}`);
  }
}

export function pruneText({ dryRun, before, runs, units }: PruneReport, style: Style): string[] {
  const what = `the changes of ${counted(runs, "run", "runs")} before ${before.slice(0, 10)}, in ${counted(units, "unit", "units")}`;
  if (!dryRun) return style.quiet ? [] : [`Forgotten: ${what}. The runs stay listed.`];
  return [`Would forget: ${what}.`, style.paint.yellow("Dry run: nothing was written.")];
}

const NONE: ActionCounts = { created: 0, updated: 0, removed: 0 };

/** "+3 ~4 -1", without what is 0. */
function marks({ created, updated, removed }: ActionCounts): string {
  const parts = [
    ["+", created],
    ["~", updated],
    ["-", removed],
  ] as const;
  return parts.flatMap(([mark, count]) => (count === 0 ? [] : [`${mark}${grouped(count)}`])).join(" ");
}

function minute(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** Without the folder of the file, and without what has a column of its own. */
function shortCommand({ command, file, reverts }: RecordedRun): string {
  const what = reverts ?? file?.name.split(/[/\\]/).at(-1);
  return what === undefined ? command : `${command} ${what}`;
}

function commandText({ command, file, reverts, revertedBy }: RecordedRun): string {
  const what = reverts === null ? command : `${command} ${reverts}`;
  const from = file === null ? "" : ` ${file.name}`;
  return `${what}${from}${revertedBy === null ? "" : ` (reverted by ${revertedBy})`}`;
}

function scopeText({ scope }: RecordedRun): string {
  if (scope.units.length === 0) return scope.kind;
  const shown = scope.units.slice(0, 2).join(", ");
  return `${scope.kind} ${shown}${scope.units.length > 2 ? ` and ${scope.units.length - 2} more` : ""}`;
}

/** The places that an import of the geography changed. */
function placesText({ counts: { places } }: RecordedRun): string {
  return places === undefined ? "" : `; places ${marks(places) || "none"}`;
}
