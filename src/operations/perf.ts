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
import { countRows, readVersion } from "../db/connection/catalog-reader.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { findMissingIndexes } from "../db/connection/index-reader.ts";
import type { Session } from "../db/connection/session.ts";
import { recordStatements, type StatementRecorder } from "../db/connection/statement-recorder.ts";
import { withReversibleTransaction, withSnapshot } from "../db/connection/transaction.ts";
import { changeCommunities, putOutOfDate, readSampleUnits } from "../db/sync/perf-scopes.ts";
import { explainPlan } from "../db/sync/plan-explainer.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { applySync } from "./shared/apply-sync.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";

export interface PerfOptions extends OperationOptions {
  /** Measured runs of each scope, after one that warms up; 5 by default. */
  runs?: number | undefined;
  /** At most 4 reads and writes by default, and any time. */
  budget?: PerfBudget | undefined;
  /** Whether each run first puts the coverages in scope out of date, so that there is something to write. */
  outOfDate?: boolean | undefined;
  /** Whether the database's plan of each query is returned. */
  explain?: boolean | undefined;
  /** Whether every statement is shown. */
  showSql?: boolean | undefined;
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
 * Runs real syncs at scopes of rising size, each in a transaction that is rolled back, and reports what they cost.
 *
 * @throws InputError where there is no geography to sync
 */
export async function perf(knex: Knex, options: PerfOptions = {}): Promise<PerfReport> {
  const started = performance.now();
  const {
    runs = 5,
    budget = { maxQueries: 4, maxMs: null },
    outOfDate = true,
    explain = false,
    showSql = false,
  } = options;
  const { name: kind, connections } = dialectOf(knex);
  const { scopes, rows, version } = await withSnapshot(knex, options, survey);
  const recorder = recordStatements(knex);
  const measured: ScopePerformance[] = [];
  try {
    for (const scope of scopes) measured.push(await measure(knex, scope, recorder, { ...options, runs, outOfDate }));
  } finally {
    recorder.stop();
  }
  return {
    command: "perf",
    database: { kind, name: connections.nameOf(knex), version },
    rows,
    runs,
    outOfDate,
    budget,
    scopes: measured,
    growth: findGrowth(measured),
    overBudget: findOverBudget(measured, budget),
    explanations: explain ? await explainAll(knex, scopes, rows, { ...options, outOfDate }) : null,
    showSql,
    durationMs: performance.now() - started,
  };
}

async function survey(session: Session) {
  const units = await readSampleUnits(session);
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
  return { scopes, rows: await countRows(session), version: await readVersion(session) };
}

type MeasureOptions = OperationOptions & { outOfDate: boolean };

async function measure(
  knex: Knex,
  scope: MeasuredScope,
  recorder: StatementRecorder,
  options: MeasureOptions & { runs: number },
): Promise<ScopePerformance> {
  const { progress = sayNothing } = options;
  const runs: MeasuredRun[] = [];
  let last: SyncPlan | null = null;
  // The first run warms caches and is not counted.
  for (let run = 0; run <= options.runs; run += 1) {
    progress(`Measuring ${scope.label}: run ${run} of ${options.runs}`);
    const { plan, measured } = await measureOnce(knex, scope.request, recorder, options);
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
  knex: Knex,
  request: ScopeRequest,
  recorder: StatementRecorder,
  options: MeasureOptions,
): Promise<{ plan: SyncPlan; measured: MeasuredRun }> {
  let preparedMs = 0;
  recorder.start();
  const started = performance.now();
  const plan = await withReversibleTransaction(knex, options, async (session) => {
    const preparing = performance.now();
    if (options.outOfDate) await recorder.unrecorded(() => prepare(session, request));
    preparedMs = performance.now() - preparing;
    const scope = await readScope(session, request);
    const value = await applySync(session, { scope, fields: fieldsOf(options), provinces: true }, "perf");
    return { value, keep: false };
  });
  const totalMs = performance.now() - started - preparedMs;
  return { plan, measured: { statements: recorder.statements(), totalMs } };
}

async function prepare(session: Session, request: ScopeRequest): Promise<void> {
  if (request.kind === "changed") await changeCommunities(session, CHANGED_COMMUNITIES);
  else await putOutOfDate(session, await readScope(session, request));
}

/** The database's plan of each sync that was measured. */
async function explainAll(
  knex: Knex,
  scopes: readonly MeasuredScope[],
  rows: Record<string, number>,
  options: MeasureOptions,
): Promise<PlanExplanation[]> {
  const missing = await withSnapshot(knex, options, findMissingIndexes);
  const explanations: PlanExplanation[] = [];
  for (const { label, request } of scopes) {
    const { steps, scannedTables } = await withReversibleTransaction(knex, options, async (session) => {
      // Only the change log decides what is queried; what the coverages hold does not.
      if (options.outOfDate && request.kind === "changed") await prepare(session, request);
      const scope = await readScope(session, request);
      const value = await explainPlan(session, { scope, fields: fieldsOf(options), provinces: true });
      return { value, keep: false };
    });
    // A full sync reads every community; a narrowed one should not.
    const fullScans = scannedTables
      .map((table) => ({ table, rows: rows[table] ?? 0, expected: request.kind === "all" }))
      .filter((scan) => scan.rows >= BIG_TABLE_ROWS);
    explanations.push({ label, steps, fullScans, missingIndexes: missing });
  }
  return explanations;
}
