import { countFindings } from "../core/diagnosis/analysis.ts";
import { InterruptedError, LockHeldError } from "../core/errors.ts";
import type { Report } from "../core/report.ts";
import { hasChanges } from "../core/sync/sync-plan.ts";

/** The only place with the numbers. Every --help prints their meanings. */
const EXIT = { done: 0, error: 1, findings: 2, leftOut: 3, locked: 4, interrupted: 130 } as const;

export const EXIT_CODE_HELP = `
Exit codes:
  0    done, nothing to report
  1    error: usage, input or database
  2    differences or findings (verify found drift; analyze found a problem; perf went over its budget;
       sync --dry-run --detailed-exitcode has changes to make)
  3    an import left rows out
  4    another run holds the lock
  130  interrupted`;

export interface ExitCodeOptions {
  /** Whether a dry run with changes to make has an exit code of its own. */
  detailed: boolean;
}

export function exitCodeOfReport(report: Report, { detailed }: ExitCodeOptions): number {
  switch (report.command) {
    case "sync":
      return detailed && report.dryRun && hasChanges(report.plan) ? EXIT.findings : EXIT.done;
    case "verify":
      return report.drift.length > 0 || (report.source?.mismatches.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
    case "import":
      return report.rejected > 0 ? EXIT.leftOut : EXIT.done;
    case "resolve":
      return report.unresolved > 0 ? EXIT.leftOut : EXIT.done;
    case "perf":
      return report.overBudget.length > 0 || !report.growth.ok ? EXIT.findings : EXIT.done;
    case "analyze":
      return countFindings(report.checks, "error") > 0 ? EXIT.findings : EXIT.done;
    case "analyze-list":
    case "template":
    case "migrate":
    case "history":
    case "community":
    case "coverage":
    case "watch":
      return EXIT.done;
  }
}

export function exitCodeOfError(error: unknown): number {
  if (error instanceof InterruptedError) return EXIT.interrupted;
  if (error instanceof LockHeldError) return EXIT.locked;
  return EXIT.error;
}
