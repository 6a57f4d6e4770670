import type { Knex } from "knex";
import {
  findGrowth,
  findOverBudget,
  type MeasuredRun,
  type PerfBudget,
  type PerfReport,
  type PlanExplanation,
  type ScopePerformance,
  summarizeRuns,
} from "../core/diagnosis/perf.ts";
import { InputError } from "../core/errors.ts";
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import type { SyncPlan } from "../core/sync/sync-plan.ts";
import { countRows, readVersion } from "../db/catalog.ts";
import { type Database, withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { recordStatements, type StatementRecorder } from "../db/connection/statement-recorder.ts";
import { RolledBack, withExclusiveTransaction, withSnapshot } from "../db/connection/transaction.ts";
import { findMissingIndexes } from "../db/schema/expected-indexes.ts";
import { changeCommunities, putOutOfDate, readSampleUnits } from "../db/sync/perf-scopes.ts";
import { type ExplainedPlan, explainPlan } from "../db/sync/plan-explainer.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { syncInTransaction } from "../operations/sync.ts";
import type { CommandContext } from "./context.ts";

export interface PerfOptions {
  runs: number;
  budget: PerfBudget;
  /** Whether each run first puts the coverages in scope out of date, so that there is something to write. */
  outOfDate: boolean;
  explain: boolean;
  showSql: boolean;
}

interface MeasuredScope {
  label: string;
  name: string;
  request: ScopeRequest;
}

/** How many communities a run of the changed scope changes first. */
const CHANGED_COMMUNITIES = 100;

/** A smaller table is sooner read whole than looked up in. */
const BIG_TABLE_ROWS = 1_000;

/**
 * Runs real syncs at scopes of rising size, each in a transaction that is rolled back, and says what they cost.
 *
 * @throws InputError where there is no geography to sync
 */
export async function runPerf(options: PerfOptions, context: CommandContext): Promise<PerfReport> {
  const started = performance.now();
  const location = parseDatabaseLocation(context.settings.database);
  return withDatabase(location, "write", async (database) => {
    const { scopes, rows, version } = await withSnapshot(database, (transaction) => survey(transaction, database));
    const recorder = recordStatements(database.knex);
    const measured: ScopePerformance[] = [];
    for (const scope of scopes) measured.push(await measure(scope, database, recorder, options, context));
    return {
      command: "perf",
      database: { kind: database.dialect.name, name: database.name, version },
      rows,
      runs: options.runs,
      outOfDate: options.outOfDate,
      budget: options.budget,
      scopes: measured,
      growth: findGrowth(measured),
      overBudget: findOverBudget(measured, options.budget),
      explanations: options.explain ? await explainAll(scopes, rows, database, options, context) : null,
      showSql: options.showSql,
      durationMs: performance.now() - started,
    };
  });
}

async function survey(transaction: Knex.Transaction, { dialect }: Database) {
  const units = await readSampleUnits(transaction);
  if (units === null) {
    throw new InputError("there is no geography to sync", "Run: obc-sync import geography");
  }
  const one = (kind: "municipality" | "province" | "region"): MeasuredScope => ({
    label: `one ${kind}`,
    name: units[kind].name,
    request: { kind, units: [units[kind].code] },
  });
  const scopes: MeasuredScope[] = [
    { label: "changed", name: "", request: { kind: "changed" } },
    one("municipality"),
    one("province"),
    one("region"),
    { label: "everything", name: "", request: { kind: "all" } },
  ];
  return { scopes, rows: await countRows(transaction), version: await readVersion(transaction, dialect) };
}

async function measure(
  scope: MeasuredScope,
  database: Database,
  recorder: StatementRecorder,
  options: PerfOptions,
  context: CommandContext,
): Promise<ScopePerformance> {
  const runs: MeasuredRun[] = [];
  let last: SyncPlan | null = null;
  // The first run warms caches and is not counted.
  for (let run = 0; run <= options.runs; run += 1) {
    context.progress(`Measuring ${scope.label}: run ${run} of ${options.runs}`);
    const { plan, measured } = await measureOnce(scope.request, database, recorder, options, context);
    if (run > 0) runs.push(measured);
    last = plan;
  }
  const plan = last as SyncPlan;
  return {
    label: scope.label,
    scope: summarizeScope(plan.scope),
    name: scope.name,
    communities: plan.communities,
    changes: plan.changes.length,
    ...summarizeRuns(runs),
  };
}

async function measureOnce(
  request: ScopeRequest,
  database: Database,
  recorder: StatementRecorder,
  { outOfDate }: PerfOptions,
  { settings, signal }: CommandContext,
): Promise<{ plan: SyncPlan; measured: MeasuredRun }> {
  const { dialect } = database;
  let preparedMs = 0;
  recorder.start();
  const started = performance.now();
  const plan = await withExclusiveTransaction(
    database,
    { timeoutMs: settings.lockTimeoutMs, signal },
    async (transaction): Promise<SyncPlan> => {
      const preparing = performance.now();
      if (outOfDate) await recorder.unrecorded(() => prepare(transaction, database, request));
      preparedMs = performance.now() - preparing;
      const scope = await readScope(transaction, dialect, request);
      const synced = { scope, fields: settings.fields, provinces: true };
      throw new RolledBack(await syncInTransaction(transaction, dialect, synced, "perf"));
    },
  ).catch(RolledBack.outcomeOf<SyncPlan>);
  const totalMs = performance.now() - started - preparedMs;
  return { plan, measured: { statements: recorder.statements(), totalMs } };
}

async function prepare(transaction: Knex.Transaction, { dialect }: Database, request: ScopeRequest): Promise<void> {
  if (request.kind === "changed") await changeCommunities(transaction, CHANGED_COMMUNITIES);
  else await putOutOfDate(transaction, dialect, await readScope(transaction, dialect, request));
}

/** What each sync that was measured asks the database to do, in its own words. */
async function explainAll(
  scopes: readonly MeasuredScope[],
  rows: Record<string, number>,
  database: Database,
  { outOfDate }: PerfOptions,
  { settings, signal }: CommandContext,
): Promise<PlanExplanation[]> {
  const { dialect } = database;
  const missingIndexes = await withSnapshot(database, (transaction) => findMissingIndexes(transaction, dialect));
  const explanations: PlanExplanation[] = [];
  for (const { label, request } of scopes) {
    const { steps, scannedTables } = await withExclusiveTransaction(
      database,
      { timeoutMs: settings.lockTimeoutMs, signal },
      async (transaction): Promise<ExplainedPlan> => {
        // Only the change log decides what is asked; what the coverages hold does not.
        if (outOfDate && request.kind === "changed") await prepare(transaction, database, request);
        const scope = await readScope(transaction, dialect, request);
        throw new RolledBack(
          await explainPlan(transaction, dialect, { scope, fields: settings.fields, provinces: true }),
        );
      },
    ).catch(RolledBack.outcomeOf<ExplainedPlan>);
    // A full sync reads every community there is; a narrowed one should not.
    const fullScans = scannedTables
      .map((table) => ({ table, rows: rows[table] ?? 0, expected: request.kind === "all" }))
      .filter((scan) => scan.rows >= BIG_TABLE_ROWS);
    explanations.push({ label, steps, fullScans, missingIndexes });
  }
  return explanations;
}
