import type { Knex } from "knex";
import type { RecordedRun } from "../../core/runs/history-report.ts";
import { type Scope, type ScopeSummary, summarizeScope } from "../../core/sync/scope.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

export interface RunRecord {
  command: string;
  plan: SyncPlan;
  durationMs: number;
  /** ISO 8601 in UTC. */
  finishedAt: string;
}

/**
 * Adds a sync that is being applied to the run log, in the transaction that applies it. A trigger removes the entries
 * of the change log that the run covered: those that its plan saw, and of a narrowed one those of its units.
 */
export async function recordRun(transaction: Knex.Transaction, run: RunRecord): Promise<void> {
  const scope = summarizeScope(run.plan.scope);
  const row = {
    command: run.command,
    scope_kind: coveredKind(run.plan.scope),
    scope_units: JSON.stringify(scope.units),
    communities: run.plan.communities,
    municipalities_created: run.plan.municipalities.created,
    municipalities_updated: run.plan.municipalities.updated,
    provinces_created: run.plan.provinces.created,
    provinces_updated: run.plan.provinces.updated,
    duration_ms: run.durationMs,
    finished_at: run.finishedAt,
    log_watermark: run.plan.logWatermark,
  };
  const columns = Object.keys(row);
  const sql = `insert into ${TABLES.syncRuns} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`;
  await send(transaction, "bookkeeping", { sql, bindings: Object.values(row) });
}

/** A province refreshed from stored municipalities covers less than one synced with all of them. */
const PROVINCE_ONLY = "province_coverage";

function coveredKind(scope: Scope): string {
  return scope.kind === "province" && scope.municipalityIds.length === 0 ? PROVINCE_ONLY : scope.kind;
}

interface RunRow {
  id: number;
  command: string;
  scope_kind: string;
  scope_units: string;
  communities: number;
  municipalities_created: number;
  municipalities_updated: number;
  provinces_created: number;
  provinces_updated: number;
  duration_ms: number;
  finished_at: string;
}

/** The newest runs, newest first. */
export async function readRuns(transaction: Knex.Transaction, limit: number): Promise<RecordedRun[]> {
  const query = transaction.select("*").from(TABLES.syncRuns).orderBy("id", "desc").limit(limit);
  const rows = await send<RunRow>(transaction, "read", query);
  return rows.map((row) => ({
    id: row.id,
    command: row.command,
    scope: {
      kind: row.scope_kind === PROVINCE_ONLY ? "province" : row.scope_kind,
      units: JSON.parse(row.scope_units),
    } as ScopeSummary,
    communities: row.communities,
    municipalities: { created: row.municipalities_created, updated: row.municipalities_updated },
    provinces: { created: row.provinces_created, updated: row.provinces_updated },
    durationMs: row.duration_ms,
    finishedAt: new Date(row.finished_at).toISOString(),
  }));
}
