import type { PerfReport } from "../core/perf.ts";
import { FORMAT_VERSION } from "../core/report.ts";

/** The document of `perf --json`; docs/json.md describes its keys. */
export function perfDocument({ command, scopes, showSql, durationMs, ...rest }: PerfReport): Record<string, unknown> {
  return {
    formatVersion: FORMAT_VERSION,
    command,
    ok: rest.overBudget.length === 0 && rest.growth.ok,
    ...rest,
    scopes: scopes.map(({ statements, ...scope }) => (showSql ? { ...scope, statements } : scope)),
    durationMs,
  };
}
