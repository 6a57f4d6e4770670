import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import { BOOKKEEPING, type BookkeepingRelations } from "../schema/bookkeeping.ts";

/** `watch` looks into the log more often than anybody asks when it last did. */
const INTERVAL_MS = 60_000;

/** When coverages were last found, or made, to be as the change log says: the time of the newest sync or heartbeat, as SQL. */
export function lastCheck({ runs, heartbeat }: BookkeepingRelations): string {
  return `(select max(checked_at) from (
    select finished_at as checked_at
      from (select finished_at from ${runs} run where communities is not null order by id desc limit 1) newest
    union all select checked_at from ${heartbeat} beat) checks)`;
}

/**
 * Notes that a sync found nothing to do, which is not recorded as a run.
 *
 * @param last the newest sync or heartbeat; where it is younger than a minute, nothing is written
 */
export async function leaveHeartbeat(session: Session, last: Date | null): Promise<void> {
  const now = new Date();
  // A clock may have been set back.
  if (last !== null && Math.abs(now.getTime() - last.getTime()) < INTERVAL_MS) return;
  await write(session, "bookkeeping", {
    sql: `insert into ${BOOKKEEPING.heartbeat} (id, checked_at) values (1, ?)
      on conflict (id) do update set checked_at = excluded.checked_at`,
    bindings: [now.toISOString()],
  });
}
