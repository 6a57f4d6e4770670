import { parseCoverageAssignments } from "../core/records/assignment.ts";
import type { CoverageAction } from "../core/records/coverage.ts";
import type { CoverageReport } from "../core/records/coverage-report.ts";
import type { Level } from "../core/sync/level.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot, withWriteTransaction } from "../db/connection/transaction.ts";
import { type CoverageReference, changeCoverage, findUnit, showCoverage } from "../operations/coverage.ts";
import type { CommandContext } from "./context.ts";

export interface CoverageOptions {
  /** Code or unambiguous name of the municipality or province-level unit. */
  reference: string;
  /** Where to look; null for both levels. */
  level: Level | null;
}

export interface CoverageChangeOptions extends CoverageOptions {
  action: CoverageAction;
  /** field=value */
  assignments: string[];
}

/** Changes one coverage and brings right what follows from it, in one transaction. */
export async function runCoverageChange(
  options: CoverageChangeOptions,
  { settings, signal }: CommandContext,
): Promise<CoverageReport> {
  const started = performance.now();
  const { action } = options;
  const values = parseCoverageAssignments(options.assignments);
  return withDatabase(parseDatabaseLocation(settings.database), "write", async (database) => {
    const lock = { timeoutMs: settings.lockTimeoutMs, signal };
    const { outcome, shown } = await withWriteTransaction(database, lock, async (transaction) => {
      const context = { transaction, dialect: database.dialect, fields: settings.fields };
      const outcome = await changeCoverage(context, action, referenceOf(options), values);
      return { outcome, shown: await showCoverage(transaction, outcome.before) };
    });
    return {
      command: "coverage",
      action,
      coverage: shown.record,
      reconciliation: shown.reconciliation,
      fields: outcome.fields,
      plan: outcome.plan,
      queries: database.statementCounts(),
      durationMs: performance.now() - started,
    };
  });
}

/** Shows one coverage and how much of it the level below accounts for; writes nothing. */
export async function runCoverageShow(options: CoverageOptions, { settings }: CommandContext): Promise<CoverageReport> {
  const started = performance.now();
  return withDatabase(parseDatabaseLocation(settings.database), "read", async (database) => {
    const { record, reconciliation } = await withSnapshot(database, async (transaction) =>
      showCoverage(transaction, await findUnit(transaction, referenceOf(options))),
    );
    return {
      command: "coverage",
      action: "show",
      coverage: record,
      reconciliation,
      fields: {},
      plan: null,
      queries: database.statementCounts(),
      durationMs: performance.now() - started,
    };
  });
}

function referenceOf({ reference, level }: CoverageOptions): CoverageReference {
  return { text: reference, levels: level === null ? ["municipality", "province"] : [level] };
}
