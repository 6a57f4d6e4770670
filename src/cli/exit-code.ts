import { isPassed } from "../core/diagnosis/analysis.ts";
import { DatabaseBusyError, InterruptedError, LockHeldError } from "../core/errors.ts";
import type { Report } from "../core/report.ts";
import { hasChanges } from "../core/sync/sync-plan.ts";
import { isClean } from "../core/verify/verify-report.ts";

/** The numbers are only here. Every --help prints their meanings. */
const EXIT = { done: 0, error: 1, findings: 2, leftOut: 3, locked: 4, interrupted: 130 } as const satisfies Record<
  string,
  ExitCode
>;

/** What they mean is in every --help. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

const MEANINGS: ReadonlyArray<readonly [code: number, meaning: string]> = [
  [EXIT.done, "done, nothing to report"],
  [EXIT.error, "error: usage, input or database"],
  [
    EXIT.findings,
    "differences or findings (verify found a difference; analyze found a problem of the severity that --fail-on names; status found the database not healthy; perf went over its budget; inspect found a file that an import refuses; a sync left out a unit whose sum is too large; sync --dry-run --detailed-exitcode has changes to make)",
  ],
  [EXIT.leftOut, "an import left rows out, or inspect found rows that it would leave out"],
  [EXIT.locked, "another run holds the lock, or another program keeps the database busy"],
  [EXIT.interrupted, "interrupted"],
];

export const EXIT_CODE_HELP = [
  "\nExit codes:",
  ...MEANINGS.map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}`),
].join("\n");

export interface ExitCodeOptions {
  /** Whether a dry run with changes to make has a separate exit code. */
  detailed: boolean;
}

export function exitCodeOfReport(report: Report, { detailed }: ExitCodeOptions): ExitCode {
  switch (report.command) {
    case "sync":
      if (report.plan.findings.length > 0) return EXIT.findings;
      return detailed && report.dryRun && hasChanges(report.plan) ? EXIT.findings : EXIT.done;
    case "verify":
      return isClean(report) ? EXIT.done : EXIT.findings;
    case "import":
      if (report.rejected > 0) return EXIT.leftOut;
      return (report.sync?.findings.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
    case "resolve":
      return report.unresolved > 0 ? EXIT.leftOut : EXIT.done;
    case "inspect":
      if (report.problems.length > 0) return EXIT.findings;
      return report.rejected > 0 ? EXIT.leftOut : EXIT.done;
    case "perf":
      return report.overBudget.length > 0 || !report.growth.ok ? EXIT.findings : EXIT.done;
    case "status":
      return report.problems.length > 0 ? EXIT.findings : EXIT.done;
    case "analyze":
      return isPassed(report) ? EXIT.done : EXIT.findings;
    case "community":
    case "coverage":
      return (report.plan?.findings.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
    case "revert":
    case "apply":
      return (report.sync?.findings.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
    case "analyze-list":
    case "report":
    case "template":
    case "export":
    case "figure-list":
    case "columns":
    case "migrate":
    case "migrate-remove":
    case "history":
    case "history-run":
    case "plan":
    case "history-unit":
    case "history-prune":
    case "completion":
    case "init":
    case "watch":
      return EXIT.done;
  }
}

export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT.interrupted;
  if (error instanceof LockHeldError || error instanceof DatabaseBusyError) return EXIT.locked;
  return EXIT.error;
}
