import type { RecordedRun } from "../../core/runs/history-report.ts";
import { type ScopeSummary, summarizeScope } from "../../core/sync/scope.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import { coveredEntries } from "../capture/covered-entries.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";

export interface RunRecord {
  command: string;
  plan: SyncPlan;
  durationMs: number;
  /** ISO 8601 in UTC. */
  finishedAt: string;
}

/** Adds a sync to the run log and deletes the change log entries that it covers, in the transaction of the sync. */
export async function recordRun(session: Session, { command, plan, durationMs, finishedAt }: RunRecord): Promise<void> {
  const scope = summarizeScope(plan.scope);
  const statement = session.dialect.statements.runRecord({
    row: {
      command,
      scope_kind: scope.kind,
      scope_units: JSON.stringify(scope.units),
      communities: plan.communities,
      municipalities_created: plan.municipalities.created,
      municipalities_updated: plan.municipalities.updated,
      provinces_created: plan.provinces.created,
      provinces_updated: plan.provinces.updated,
      duration_ms: durationMs,
      finished_at: finishedAt,
    },
    covered: coveredEntries(session, plan),
  });
  await write(session, "bookkeeping", statement);
}

interface RunRow {
  id: number;
  command: string;
  scope_kind: ScopeSummary["kind"];
  scope_units: string;
  communities: number;
  municipalities_created: number;
  municipalities_updated: number;
  provinces_created: number;
  provinces_updated: number;
  duration_ms: number;
  finished_at: string | Date;
}

/** The newest runs, newest first. */
export async function readRuns(session: Session, limit: number): Promise<RecordedRun[]> {
  const { sql } = session.dialect;
  const runs = sql.raw(`${session.schema.bookkeeping.runs} as run`);
  const query = sql.select("*").from(runs).orderBy("id", "desc").limit(limit);
  const rows = await read<RunRow>(session, "read", query);
  return rows.map((row) => ({
    id: row.id,
    command: row.command,
    scope: { kind: row.scope_kind, units: JSON.parse(row.scope_units) },
    communities: row.communities,
    municipalities: { created: row.municipalities_created, updated: row.municipalities_updated },
    provinces: { created: row.provinces_created, updated: row.provinces_updated },
    durationMs: row.duration_ms,
    finishedAt: new Date(row.finished_at).toISOString(),
  }));
}
