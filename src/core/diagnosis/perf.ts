import { PURPOSES, type Purpose, type StatementCounts } from "../statement-counts.ts";
import type { ScopeSummary } from "../sync/scope.ts";

/** The result of perf: real syncs at scopes of increasing size, each rolled back. */
export interface PerfReport {
  command: "perf";
  database: { kind: "sqlite" | "postgres"; name: string; version: string };
  /** Number of rows of each table. */
  rows: Record<string, number>;
  runs: number;
  /** Whether each run first made the coverages in scope out of date, to measure writes as well. */
  outOfDate: boolean;
  budget: PerfBudget;
  scopes: ScopePerformance[];
  /** Whether the number of statements stays the same however large the scope. */
  growth: { ok: boolean; figures: Array<{ label: string; communities: number; statements: number }> };
  overBudget: OverBudget[];
  /** Null without --explain. */
  explanations: PlanExplanation[] | null;
  showSql: boolean;
  durationMs: number;
}

export interface PerfBudget {
  /** Limit of reads and writes together. */
  maxQueries: number;
  /** Limit of the median total time; null for none. */
  maxMs: number | null;
}

export interface MeasuredStatement {
  purpose: Purpose;
  sql: string;
  ms: number;
  /** Rows that a read returned or a write affected; 0 where the driver does not report them. */
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
  /** Name of the unit; "" where the scope is not a single unit. */
  name: string;
  communities: number;
  changes: number;
  /** Counts of the run with the most statements. */
  queries: StatementCounts;
  /** Time spent in statements, by purpose and in all. */
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
  /** For max-queries all reads and writes; for max-ms the slowest statements. */
  statements: string[];
}

export interface PlanExplanation {
  label: string;
  /** The plan as the database prints it, one line for each step. */
  steps: string[];
  /** Large tables that the query reads in full. */
  fullScans: Array<{ table: string; rows: number; expected: boolean }>;
  missingIndexes: Array<{ table: string; columns: string[]; createIndex: string }>;
}

/** Summarizes the runs of one scope. */
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
 * Checks that larger scopes do not need more statements, as an N+1 query would. Bookkeeping is not counted: narrowed
 * scopes need one more statement, which resolves their names.
 */
export function findGrowth(scopes: readonly ScopePerformance[]): PerfReport["growth"] {
  const figures = scopes.map(({ label, communities, queries }) => ({
    label,
    communities,
    statements: queries.read + queries.write,
  }));
  const bySize = [...figures].sort((left, right) => left.communities - right.communities);
  const smallest = bySize[0]?.statements ?? 0;
  // The smallest scope may have nothing to write and so send fewer statements than any sync may.
  const ok = bySize.every(({ statements }) => statements <= Math.max(smallest, STATEMENTS_OF_A_SYNC));
  return { ok, figures };
}

/** One read, and one write for each level. */
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
