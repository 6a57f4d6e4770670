import { PURPOSES, type Purpose, type StatementCounts } from "../statement-counts.ts";
import type { ScopeSummary } from "../sync/scope.ts";

/** What perf measured: real syncs at scopes of rising size, each undone. */
export interface PerfReport {
  command: "perf";
  database: { kind: "sqlite" | "postgres"; name: string; version: string };
  /** Rows of each table while it ran. */
  rows: Record<string, number>;
  runs: number;
  /** Whether each run first put the coverages in scope out of date, so that writes were measured too. */
  outOfDate: boolean;
  budget: PerfBudget;
  scopes: ScopePerformance[];
  /** Whether the number of statements stays the same however large the scope. */
  growth: { ok: boolean; figures: Array<{ label: string; communities: number; statements: number }> };
  overBudget: OverBudget[];
  /** Only where it was asked for. */
  explanations: PlanExplanation[] | null;
  showSql: boolean;
  durationMs: number;
}

export interface PerfBudget {
  /** For read and write together. */
  maxQueries: number;
  /** For the median of the total; null is no limit. */
  maxMs: number | null;
}

export interface MeasuredStatement {
  purpose: Purpose;
  sql: string;
  ms: number;
  /** Returned by a read, affected by a write; 0 where the driver does not say. */
  rows: number;
}

export interface MeasuredRun {
  statements: MeasuredStatement[];
  totalMs: number;
}

export interface Spread {
  min: number;
  median: number;
  max: number;
}

export interface ScopePerformance {
  /** "one municipality", "everything", "changed". */
  label: string;
  scope: ScopeSummary;
  /** The unit's name; empty where no single unit is meant. */
  name: string;
  communities: number;
  changes: number;
  /** Of the worst run: the one with the most statements. */
  queries: StatementCounts;
  /** Inside the statements of each purpose, and in all of them. */
  timesMs: Record<Purpose, Spread>;
  statementsMs: Spread;
  totalMs: Spread;
  rowsRead: number;
  rowsWritten: number;
  statements: MeasuredStatement[];
}

export interface OverBudget {
  label: string;
  limit: "max-queries" | "max-ms";
  allowed: number;
  measured: number;
  /** The statements that count against the limit. */
  statements: string[];
}

export interface PlanExplanation {
  label: string;
  /** The database's own words, one line a step. */
  steps: string[];
  /** Big tables that are read from end to end. */
  fullScans: Array<{ table: string; rows: number; expected: boolean }>;
  missingIndexes: Array<{ table: string; columns: string[]; createIndex: string }>;
}

/** Sums up the runs of one scope. */
export function summarizeRuns(
  runs: readonly MeasuredRun[],
): Omit<ScopePerformance, "label" | "scope" | "name" | "communities" | "changes"> {
  const worst = runs.reduce((most, run) => (run.statements.length > most.statements.length ? run : most));
  const of = (run: MeasuredRun, purpose: Purpose) => run.statements.filter((sent) => sent.purpose === purpose);
  const time = (statements: readonly MeasuredStatement[]) => statements.reduce((sum, { ms }) => sum + ms, 0);
  const rows = (purpose: Purpose) => of(worst, purpose).reduce((sum, sent) => sum + sent.rows, 0);
  const byPurpose = <Value>(value: (purpose: Purpose) => Value) =>
    Object.fromEntries(PURPOSES.map((purpose) => [purpose, value(purpose)])) as Record<Purpose, Value>;
  return {
    queries: byPurpose((purpose) => of(worst, purpose).length),
    timesMs: byPurpose((purpose) => spread(runs.map((run) => time(of(run, purpose))))),
    statementsMs: spread(runs.map((run) => time(run.statements))),
    totalMs: spread(runs.map(({ totalMs }) => totalMs)),
    rowsRead: rows("read"),
    rowsWritten: rows("write"),
    statements: worst.statements,
  };
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
}

/**
 * An N+1 query shows in the count of statements rising with the scope. All that narrowed scopes may have more is the
 * one small read that resolves their name, so only reads and writes are compared.
 */
export function findGrowth(scopes: readonly ScopePerformance[]): PerfReport["growth"] {
  const figures = scopes.map(({ label, communities, queries }) => ({
    label,
    communities,
    statements: queries.read + queries.write,
  }));
  const rising = [...figures].sort((left, right) => left.communities - right.communities);
  const smallest = rising[0]?.statements ?? 0;
  // A scope without anything to write sends fewer; two writes are what a plan of any size takes.
  const ok = rising.every(({ statements }) => statements <= Math.max(smallest, STATEMENTS_OF_A_SYNC));
  return { ok, figures };
}

/** One read, and one write a level. */
const STATEMENTS_OF_A_SYNC = 3;

export function findOverBudget(scopes: readonly ScopePerformance[], budget: PerfBudget): OverBudget[] {
  return scopes.flatMap(({ label, queries, totalMs, statements }) => {
    const found: OverBudget[] = [];
    const counted = queries.read + queries.write;
    if (counted > budget.maxQueries) {
      found.push({
        label,
        limit: "max-queries",
        allowed: budget.maxQueries,
        measured: counted,
        statements: statements.filter(({ purpose }) => purpose === "read" || purpose === "write").map(({ sql }) => sql),
      });
    }
    if (budget.maxMs !== null && totalMs.median > budget.maxMs) {
      const slowest = statements.toSorted((left, right) => right.ms - left.ms).slice(0, 3);
      found.push({
        label,
        limit: "max-ms",
        allowed: budget.maxMs,
        measured: totalMs.median,
        statements: slowest.map(({ sql }) => sql),
      });
    }
    return found;
  });
}
