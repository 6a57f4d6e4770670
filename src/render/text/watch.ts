import { grouped } from "../../core/grouped.ts";
import { describeBrokenTriggers } from "../../core/sync/broken-trigger.ts";
import type { LevelCounts, SyncPlan } from "../../core/sync/sync-plan.ts";
import type { WatchEvent, WatchReport } from "../../core/sync/watch-report.ts";
import { MARKS } from "./changes/unit-lines.ts";
import { counted, type Style, seconds } from "./style.ts";

/** One line for an event; "" for an event that --quiet hides. */
export function eventLine(event: WatchEvent, { paint, quiet }: Style): string {
  const at = paint.dim(event.at.slice(11, 19));
  if (event.kind === "failed") {
    return `${at} ${paint.red("failed")}: ${event.error.message}; retrying in ${seconds(event.retryInMs)}`;
  }
  if (quiet && !(event.kind === "synced" && isToBeSaid(event.plan))) return "";
  switch (event.kind) {
    case "started":
      return `${at} watching ${event.database}; press Ctrl-C to stop`;
    case "recovered":
      return `${at} ${paint.green("watching again")}`;
    case "synced":
      return `${at} ${paint.green("synced")} ${syncedText(event.plan, paint)} ${paint.dim(`(${seconds(event.durationMs)})`)}`;
  }
}

function syncedText(
  { municipalities, provinces, changes, findings, repaired }: SyncPlan,
  paint: Style["paint"],
): string {
  const named = changes
    .slice(0, 3)
    .map(({ name }) => name)
    .join(", ");
  const rest = changes.length > 3 ? ` and ${grouped(changes.length - 3)} more` : "";
  const leftOut = findings.map(({ name, parent, code }) => `${name}, ${parent} (${code})`);
  const putBack = `broken triggers of the change log were put back, and everything was synced (${describeBrokenTriggers(repaired)})`;
  return [
    `municipalities ${written(municipalities)}, provinces ${written(provinces)}: ${named === "" ? "nothing differed" : `${named}${rest}`}`,
    ...(leftOut.length > 0 ? [paint.red(`a sum is too large, so left out: ${leftOut.join("; ")}`)] : []),
    ...(repaired.length > 0 ? [paint.yellow(putBack)] : []),
  ].join("; ");
}

/** Whether an event is printed with --quiet too. */
function isToBeSaid({ findings, repaired }: SyncPlan): boolean {
  return findings.length > 0 || repaired.length > 0;
}

export function watchText({ syncs, failures }: WatchReport, { quiet }: Style): string[] {
  if (quiet) return [];
  const failed = failures > 0 ? `, ${counted(failures, "failure", "failures")}` : "";
  return [`Stopped after ${counted(syncs, "sync", "syncs")}${failed}.`];
}

function written({ created, updated }: LevelCounts): string {
  return `${MARKS.created}${grouped(created)} ${MARKS.updated}${grouped(updated)}`;
}
