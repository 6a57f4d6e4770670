import {
  type AnalyzeReport,
  atLeast,
  type CheckListReport,
  type CheckResult,
  type Severity,
} from "../core/diagnosis/analysis.ts";
import { UsageError } from "../core/errors.ts";
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import { describeChecks, runCheck } from "../db/checks/check-reader.ts";
import { readOverview } from "../db/checks/overview-reader.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot } from "../db/connection/transaction.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import type { CommandContext } from "./context.ts";

export interface AnalyzeOptions {
  scope: ScopeRequest;
  /** Ids of the only checks to run; none for all. */
  checks: readonly string[];
  /** Checks that are milder than this are left out. */
  severity: Severity;
  /** How many findings of each check are shown. */
  sample: number;
  /** How many hours may pass from one sync to the next. */
  maxAgeHours: number;
}

/** Runs the checks on one snapshot that cannot be written to. */
export async function runAnalyze(options: AnalyzeOptions, context: CommandContext): Promise<AnalyzeReport> {
  const started = performance.now();
  const chosen = atLeast(chooseChecks(options.checks), options.severity);
  return withDatabase(parseDatabaseLocation(context.settings.database), "read", (database) =>
    withSnapshot(database, async (transaction) => {
      const { dialect } = database;
      const scope = await readScope(transaction, dialect, options.scope);
      const { fields } = context.settings;
      const checkContext = { knex: transaction, dialect, scope, fields, maxAgeHours: options.maxAgeHours };
      const checks: CheckResult[] = [];
      for (const { id, title } of chosen) {
        context.progress(`Looking for: ${title}`);
        checks.push(await runCheck(id, checkContext, options.sample));
      }
      return {
        command: "analyze",
        database: database.name,
        scope: summarizeScope(scope),
        checks,
        regions: await readOverview(checkContext),
        durationMs: performance.now() - started,
      };
    }),
  );
}

export function listChecks(): CheckListReport {
  return { command: "analyze-list", checks: describeChecks() };
}

/** @throws UsageError naming the checks that there are */
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
