import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/** The runs that finished before. */
const OLD_RUNS = `select id from ${BOOKKEEPING.runs} where finished_at < ?`;

/** Counts the runs that finished before a time and whose changes are kept, and their units. @param before ISO 8601 in UTC */
export async function countPrunable(session: Session, before: string): Promise<{ runs: number; units: number }> {
  const [row] = await read<{ runs: number | string; units: number | string }>(session, "bookkeeping", {
    sql: `select count(distinct run_id) as runs, count(*) as units from ${BOOKKEEPING.runValues} where run_id in (${OLD_RUNS})`,
    bindings: [before],
  });
  return { runs: Number(row?.runs), units: Number(row?.units) };
}

/** Deletes the changes of these runs. @param before ISO 8601 in UTC */
export async function pruneChanges(session: Session, before: string): Promise<void> {
  await write(session, "bookkeeping", {
    sql: `delete from ${BOOKKEEPING.runValues} where run_id in (${OLD_RUNS})`,
    bindings: [before],
  });
}
