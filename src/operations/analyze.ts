import {
  type AnalyzeReport,
  atLeast,
  type CheckListReport,
  type FailOn,
  SEVERITIES,
  type Severity,
} from "../core/diagnosis/analysis.ts";
import { UsageError } from "../core/errors.ts";
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { checkContext } from "../db/checks/check.ts";
import { describeChecks } from "../db/checks/check-reader.ts";
import { readOverview } from "../db/checks/overview-reader.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { isEmpty } from "../db/diagnosis/emptiness-reader.ts";
import { hasBarangays } from "../db/places/place-directory-reader.ts";
import { geographyMissing } from "../db/places/psgc-codes.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { type Connection, withSnapshot } from "../db/transaction/transaction.ts";
import { callGiven } from "./shared/given-options.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { runChecks } from "./shared/run-checks.ts";

export interface AnalyzeOptions extends OperationOptions {
  /** The units to check; everything by default. */
  scope?: ScopeRequest | undefined;
  /** Ids of the checks to run; all by default. */
  checks?: readonly string[] | undefined;
  /** Runs only checks of this severity or higher; "info" by default. */
  severity?: Severity | undefined;
  /** The lowest severity whose findings make the analysis fail; "error" by default. The report has it as `failOn`. */
  failOn?: FailOn | undefined;
  /** Number of findings to return for each check; 5 by default. */
  sample?: number | undefined;
  /** Maximum age of the latest sync, in hours; 48 by default, so that one nightly sync may fail. */
  maxAgeHours?: number | undefined;
}

/**
 * Runs the checks on one snapshot, in a read-only transaction.
 *
 * @throws UsageError if there is no check with one of the ids, or if checks that could make the analysis fail do not run;
 *   GeographyMissingError if the database has no places
 */
export async function analyze(connection: Connection, options: AnalyzeOptions = {}): Promise<AnalyzeReport> {
  const started = performance.now();
  callGiven(connection, options);
  const { checks: ids = [], severity = "info", failOn = "error", sample = 5, maxAgeHours = 48 } = options;
  const { progress = sayNothing } = options;
  refuseUnchecked(failOn, severity);
  const chosen = atLeast(chooseChecks(ids), severity);
  return withSnapshot(connection, options, async (session) => {
    const scope = await readScope(session, options.scope ?? { kind: "all" });
    const context = checkContext(session, { scope, fields: fieldsOf(options), maxAgeHours });
    const checks = await runChecks(context, chosen, sample, progress);
    const regions = await readOverview(context);
    // Without places no check finds anything, which must not pass for a result.
    if (regions.length === 0 && !(await hasBarangays(session))) throw geographyMissing(session);
    return {
      command: "analyze",
      database: dialectOf(connection).connections.nameOf(connection),
      scope: summarizeScope(scope),
      failOn,
      checks,
      regions,
      isEmpty: await isEmpty(session, scope),
      durationMs: performance.now() - started,
    };
  });
}

/** Lists all checks without running them. */
export function listChecks(): CheckListReport {
  return { command: "analyze-list", checks: describeChecks() };
}

/** An analysis that cannot fail because the checks did not run would pass for a good result. */
function refuseUnchecked(failOn: FailOn, severity: Severity): void {
  if (failOn === "never" || SEVERITIES.indexOf(failOn) <= SEVERITIES.indexOf(severity)) return;
  throw new UsageError(
    `no check of severity ${failOn} runs with --severity ${severity}, so none could fail`,
    `Add --severity ${failOn}, or omit --severity.`,
  );
}

function chooseChecks(ids: readonly string[]) {
  const all = describeChecks();
  const unknown = ids.filter((id) => !all.some((check) => check.id === id));
  if (unknown.length > 0) {
    throw new UsageError(
      `there is no check named ${unknown.join(", ")}`,
      `The checks are: ${all.map(({ id }) => id).join(", ")}`,
    );
  }
  return ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id));
}
