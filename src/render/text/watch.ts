import type { LevelCounts } from "../../core/sync/sync-plan.ts";
import type { WatchEvent, WatchReport } from "../../core/sync/watch-report.ts";
import { counted, type Style, seconds } from "./style.ts";

/** One line for an event; "" for an event that --quiet hides. */
export function eventLine(event: WatchEvent, { paint, quiet }: Style): string {
  const at = paint.dim(event.at.slice(11, 19));
  if (event.kind === "failed") {
    return `${at} ${paint.red("failed")}: ${event.error.message}; retrying in ${seconds(event.retryInMs)}`;
  }
  if (quiet && !(event.kind === "synced" && event.plan.findings.length > 0)) return "";
  switch (event.kind) {
    case "started":
      return `${at} watching ${event.database}; press Ctrl-C to stop`;
    case "recovered":
      return `${at} ${paint.green("watching again")}`;
    case "synced": {
      const { plan, durationMs } = event;
      const named = plan.changes
        .slice(0, 3)
        .map(({ name }) => name)
        .join(", ");
      const rest = plan.changes.length > 3 ? ` and ${plan.changes.length - 3} more` : "";
      const where = named === "" ? "nothing differed" : `${named}${rest}`;
      const leftOut = plan.findings.map(({ name, parent, code }) => `${name}, ${parent} (${code})`);
      const findings = leftOut.length > 0 ? paint.red(`; a sum is too large, so left out: ${leftOut.join("; ")}`) : "";
      return `${at} ${paint.green("synced")} municipalities ${written(plan.municipalities)}, provinces ${written(plan.provinces)}: ${where}${findings} ${paint.dim(`(${seconds(durationMs)})`)}`;
    }
  }
}

export function watchText({ syncs, failures }: WatchReport, { quiet }: Style): string[] {
  if (quiet) return [];
  const failed = failures > 0 ? `, ${counted(failures, "failure", "failures")}` : "";
  return [`Stopped after ${counted(syncs, "sync", "syncs")}${failed}.`];
}

function written({ created, updated }: LevelCounts): string {
  return `+${created} ✓${updated}`;
}
