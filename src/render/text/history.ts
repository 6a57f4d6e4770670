import { grouped } from "../../core/grouped.ts";
import type { HistoryReport, RecordedRun } from "../../core/runs/history-report.ts";
import { type Style, seconds } from "./style.ts";
import { type Column, tableLines } from "./table.ts";

export function historyText({ runs }: HistoryReport, style: Style): string[] {
  if (style.quiet) return [];
  if (runs.length === 0) return ["No sync has run yet. Run: obc-sync sync"];
  const figure = (head: string, cell: (run: RecordedRun) => number): Column<RecordedRun> => ({
    head,
    align: "right",
    cell: (run) => grouped(cell(run)),
  });
  const text = (head: string, cell: (run: RecordedRun) => string): Column<RecordedRun> => ({
    head,
    align: "left",
    cell,
  });
  return tableLines(
    // The id is typed in commands, so it has no separators.
    { head: "Run", align: "right", cell: ({ id }) => String(id) },
    [
      [
        text("Finished (UTC)", ({ finishedAt }) => finishedAt.slice(0, 19).replace("T", " ")),
        { ...text("Command", ({ command }) => command), shortest: 10 },
        { ...text("Scope", scopeText), shortest: 16 },
        { head: "Took", align: "right", cell: ({ durationMs }) => seconds(durationMs) },
      ],
      [
        figure("Communities", ({ communities }) => communities),
        figure("Municipalities\ncreated", ({ municipalities }) => municipalities.created),
        figure("\nupdated", ({ municipalities }) => municipalities.updated),
        figure("Provinces\ncreated", ({ provinces }) => provinces.created),
        figure("\nupdated", ({ provinces }) => provinces.updated),
      ],
    ],
    runs,
    style,
  );
}

function scopeText({ scope }: RecordedRun): string {
  if (scope.units.length === 0) return scope.kind;
  const shown = scope.units.slice(0, 2).join(", ");
  return `${scope.kind} ${shown}${scope.units.length > 2 ? ` and ${grouped(scope.units.length - 2)} more` : ""}`;
}
