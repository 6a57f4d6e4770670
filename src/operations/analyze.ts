import {
  type AnalyzeReport,
  atLeast,
  type CheckListReport,
  type CheckResult,
  type Severity,
} from "../core/diagnosis/analysis.ts";
import { UsageError } from "../core/errors.ts";
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { checkContext } from "../db/checks/check.ts";
import { describeChecks, runCheck } from "../db/checks/check-reader.ts";
import { readOverview } from "../db/checks/overview-reader.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { type Connection, withSnapshot } from "../db/connection/transaction.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";

export interface AnalyzeOptions extends OperationOptions {
  /** What to look at: everything by default. */
  scope?: ScopeRequest | undefined;
  /** Ids of the only checks to run; all by default. */
  checks?: readonly string[] | undefined;
  /** Milder checks are left out; "info" by default. */
  severity?: Severity | undefined;
  /** How many findings of each check are returned; 5 by default. */
  sample?: number | undefined;
  /** How many hours may pass from one sync to the next; 48 by default, so that one nightly sync may fail. */
  maxAgeHours?: number | undefined;
}

/**
 * Runs the checks on one snapshot, in a transaction that cannot write.
 *
 * @throws UsageError where there is no check of that id
 */
export async function analyze(connection: Connection, options: AnalyzeOptions = {}): Promise<AnalyzeReport> {
  const started = performance.now();
  const { checks: ids = [], severity = "info", sample = 5, maxAgeHours = 48, progress = sayNothing } = options;
  const chosen = atLeast(chooseChecks(ids), severity);
  return withSnapshot(connection, options, async (session) => {
    const scope = await readScope(session, options.scope ?? { kind: "all" });
    const context = checkContext(session, { scope, fields: fieldsOf(options), maxAgeHours });
    const checks: CheckResult[] = [];
    for (const { id, title } of chosen) {
      progress(`Checking: ${title}`);
      checks.push(await runCheck(id, context, sample));
    }
    return {
      command: "analyze",
      database: dialectOf(connection).connections.nameOf(connection),
      scope: summarizeScope(scope),
      checks,
      regions: await readOverview(context),
      durationMs: performance.now() - started,
    };
  });
}

/** Describes every check; runs none. */
export function listChecks(): CheckListReport {
  return { command: "analyze-list", checks: describeChecks() };
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
