import type { Knex } from "knex";
import type { RecordedRun } from "../core/report.ts";
import { type ScopeSummary, summarizeScope } from "../core/scope.ts";
import type { SyncPlan } from "../core/sync-plan.ts";
import { tag } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

export interface RunRecord {
  command: string;
  plan: SyncPlan;
  durationMs: number;
  /** ISO 8601 in UTC. */
  finishedAt: string;
}

/** Adds a sync that is being applied to the run log, in the transaction that applies it. */
export async function recordRun(transaction: Knex.Transaction, run: RunRecord): Promise<void> {
  const scope = summarizeScope(run.plan.scope);
  await transaction
    .queryBuilder()
    .comment(tag("bookkeeping"))
    .insert({
      command: run.command,
      scope_kind: scope.kind,
      scope_units: JSON.stringify(scope.units),
      communities: run.plan.communities,
      municipalities_created: run.plan.municipalities.created,
      municipalities_updated: run.plan.municipalities.updated,
      provinces_created: run.plan.provinces.created,
      provinces_updated: run.plan.provinces.updated,
      duration_ms: run.durationMs,
      finished_at: run.finishedAt,
    })
    .into(TABLES.syncRuns);
}

/** The newest runs, newest first. */
export async function readRuns(transaction: Knex.Transaction, limit: number): Promise<RecordedRun[]> {
  const rows = await transaction
    .queryBuilder()
    .comment(tag("read"))
    .select("*")
    .from(TABLES.syncRuns)
    .orderBy("id", "desc")
    .limit(limit);
  return rows.map((row) => ({
    id: row.id,
    command: row.command,
    scope: { kind: row.scope_kind, units: JSON.parse(row.scope_units) } as ScopeSummary,
    communities: row.communities,
    municipalities: { created: row.municipalities_created, updated: row.municipalities_updated },
    provinces: { created: row.provinces_created, updated: row.provinces_updated },
    durationMs: row.duration_ms,
    finishedAt: new Date(row.finished_at).toISOString(),
  }));
}
