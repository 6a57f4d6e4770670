import type { MeasuredStatement, PerfReport, ScopePerformance, Spread } from "../../core/diagnosis/perf.ts";
import { FORMAT_VERSION } from "../../core/report.ts";
import type { Purpose } from "../../core/statement-counts.ts";
import { rounded } from "./rounded.ts";
import type { PerfDocument } from "./types/diagnosis.ts";

/** The document of `perf --json`, described in docs/json.md. */
export function perfDocument({ command, scopes, showSql, durationMs, ...rest }: PerfReport): PerfDocument {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ok: rest.overBudget.length === 0 && rest.growth.ok,
    ...rest,
    overBudget: rest.overBudget.map((over) => ({ ...over, measured: rounded(over.measured) })),
    scopes: scopes.map(({ statements, ...scope }) => ({
      ...scopeDocument(scope),
      ...(showSql ? { statements: statements.map(statementDocument) } : {}),
    })),
    durationMs: rounded(durationMs),
  };
}

function scopeDocument(scope: Omit<ScopePerformance, "statements">): Omit<ScopePerformance, "statements"> {
  const { timesMs, statementsMs, totalMs } = scope;
  const times = Object.entries(timesMs).map(([purpose, spread]) => [purpose, roundedSpread(spread)]);
  return {
    ...scope,
    timesMs: Object.fromEntries(times) as Record<Purpose, Spread>,
    statementsMs: roundedSpread(statementsMs),
    totalMs: roundedSpread(totalMs),
  };
}

function statementDocument(statement: MeasuredStatement): MeasuredStatement {
  return { ...statement, ms: rounded(statement.ms) };
}

function roundedSpread({ min, median, max }: Spread): Spread {
  return { min: rounded(min), median: rounded(median), max: rounded(max) };
}
