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
import { type ScopeRequest, summarizeScope } from "../core/sync/scope.ts";
import type { SyncPlan } from "../core/sync/sync-plan.ts";
import { readBrokenTriggers } from "../db/capture/broken-triggers.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import type { Session } from "../db/connection/session.ts";
import { countRows, readVersion } from "../db/diagnosis/catalog-reader.ts";
import { findMissingIndexes } from "../db/diagnosis/index-reader.ts";
import { changeCommunities, putOutOfDate, readSampleUnits } from "../db/diagnosis/perf-scopes.ts";
import { explainPlan } from "../db/diagnosis/plan-explainer.ts";
import { recordStatements, type StatementRecorder } from "../db/diagnosis/statement-recorder.ts";
import { geographyMissing } from "../db/places/psgc-codes.ts";
import { readScope } from "../db/sync/scope-reader.ts";
import { withReversibleTransaction, withSnapshot } from "../db/transaction/transaction.ts";
import { callGiven } from "./shared/given-options.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "./shared/options.ts";
import { applySync } from "./shared/runs/apply-sync.ts";
import { beginRun } from "./shared/runs/run.ts";

export interface PerfOptions extends OperationOptions {
  /** Measured runs of each scope, after a warm-up run; 5 by default. */
  runs?: number | undefined;
  /** By default, at most 4 reads and writes, and no time limit. */
  budget?: PerfBudget | undefined;
  /** Whether each run first makes the coverages in scope out of date, so that the sync must write them. */
  outOfDate?: boolean | undefined;
  /** Whether to return the query plans. */
  explain?: boolean | undefined;
  /** Whether to show every statement. */
  showSql?: boolean | undefined;
}

interface MeasuredScope {
  label: string;
  name: string;
  request: ScopeRequest;
}

/** The number of communities to change before each run of the changed scope. */
const CHANGED_COMMUNITIES = 100;

/** For smaller tables, a full scan is faster than an index. */
const BIG_TABLE_ROWS = 1_000;

/**
 * Runs real syncs of increasing scope, each in a transaction that is rolled back, and reports their statements and time.
 *
 * @throws InputError if there is no geography
 */
export async function perf(knex: Knex, options: PerfOptions = {}): Promise<PerfReport> {
  const started = performance.now();
  callGiven(knex, options);
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
    throw geographyMissing(session);
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
  // The first run warms the caches and is not measured.
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
    // As sync --changed does, before it relies on the change log.
    if (request.kind === "changed") await readBrokenTriggers(session);
    const scope = await readScope(session, request);
    const value = await applySync(
      session,
      { scope, fields: fieldsOf(options), provinces: true },
      beginRun("perf", options),
    );
    return { value, keep: false };
  });
  const totalMs = performance.now() - started - preparedMs;
  return { plan, measured: { statements: recorder.statements(), totalMs } };
}

async function prepare(session: Session, request: ScopeRequest): Promise<void> {
  if (request.kind === "changed") await changeCommunities(session, CHANGED_COMMUNITIES);
  else await putOutOfDate(session, await readScope(session, request));
}

/** The query plan of each measured sync. */
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
      // Only entries of the change log affect the query plan; the figures of coverages do not.
      if (options.outOfDate && request.kind === "changed") await prepare(session, request);
      const scope = await readScope(session, request);
      const value = await explainPlan(session, { scope, fields: fieldsOf(options), provinces: true });
      return { value, keep: false };
    });
    // A full sync scans all communities; a narrowed one should not.
    const fullScans = scannedTables
      .map((table) => ({ table, rows: rows[table] ?? 0, expected: request.kind === "all" }))
      .filter((scan) => scan.rows >= BIG_TABLE_ROWS);
    explanations.push({ label, steps, fullScans, missingIndexes: missing });
  }
  return explanations;
}
