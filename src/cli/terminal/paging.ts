import type { Report } from "../../core/report.ts";

/**
 * Whether a long text of this report is shown through a pager: what a person asked to read. What a command has done is
 * not, so that the commands after it in a script or on the same line go on.
 *
 * @param details whether the user asked for every changed field
 */
export function isForReading(report: Report, details: boolean): boolean {
  switch (report.command) {
    case "verify":
    case "analyze":
    case "analyze-list":
    case "perf":
    case "history":
    case "resolve":
    case "inspect":
    case "columns":
    case "history-run":
    case "plan":
    case "history-unit":
    case "figure-list":
      return true;
    case "sync":
    case "import":
    case "revert":
      return details || report.dryRun;
    case "community":
    case "coverage":
      return report.action === "show";
    case "migrate":
      return report.statusOnly;
    case "migrate-remove":
    case "history-prune":
    case "apply":
    case "report":
    case "template":
    case "export":
    case "completion":
    case "init":
    case "status":
    case "watch":
      return false;
  }
}
