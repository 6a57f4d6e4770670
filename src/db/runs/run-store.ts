import type { RecordedRun } from "../../core/runs/run.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import { clearCommunityLog } from "../capture/community-log.ts";
import { coveredEntries } from "../capture/covered-entries.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";

/** A run to record. Its number is the next one. */
export interface RunRecord extends Omit<RecordedRun, "id" | "revertedBy" | "communities"> {
  /** The sync of the run; null where it synced nothing. */
  plan: SyncPlan | null;
}

/**
 * Records a run and deletes the change log entries that its sync covers, in the transaction of the run.
 *
 * @returns its id
 */
export async function recordRun(session: Session, run: RunRecord): Promise<number> {
  const covered = run.plan === null ? null : coveredEntries(session, run.plan);
  if (run.plan !== null) await clearCommunityLog(session, run.plan);
  const statement = session.dialect.statements.runRecord({
    row: {
      command: run.command,
      actor: run.actor,
      started_at: run.startedAt,
      finished_at: run.finishedAt,
      duration_ms: run.durationMs,
      scope_kind: run.scope.kind,
      scope_units: JSON.stringify(run.scope.units),
      communities: run.plan?.communities ?? null,
      counts: JSON.stringify(run.counts),
      file_name: run.file?.name ?? null,
      file_sha256: run.file?.sha256 ?? null,
      reverts: run.reverts,
    },
    covered,
  });
  const [row] = await read<{ id: number }>(session, "bookkeeping", statement);
  return (row as { id: number }).id;
}
