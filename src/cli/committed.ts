import type { Report } from "../core/report.ts";

/** Whether a command has changed the database, or may have: a signal can no longer prevent that. */
export function isCommitted(report: Report): boolean {
  switch (report.command) {
    case "import":
      return !report.dryRun && (report.rejected === 0 || report.skipInvalid);
    case "sync":
    case "revert":
    case "history-prune":
      return !report.dryRun;
    case "community":
    case "coverage":
      return report.action !== "show";
    case "migrate":
      return !report.statusOnly;
    case "apply":
    case "migrate-remove":
      return true;
    case "status":
    case "verify":
    case "analyze":
    case "analyze-list":
    case "perf":
    case "resolve":
    case "template":
    case "columns":
    case "inspect":
    case "history":
    case "history-run":
    case "history-unit":
    case "plan":
    case "export":
    case "figure-list":
    case "report":
    case "completion":
    case "init":
    case "watch":
      return false;
  }
}
