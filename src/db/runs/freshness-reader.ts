import type { RecordedRun } from "../../core/runs/run.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import type { RunRange } from "./run-range.ts";
import { type RunRow, recordedRun, selectRuns } from "./run-reader.ts";

/** The newest run that synced coverages, up to a run; null if there is none. */
export async function readLastSync(session: Session, until: number): Promise<RecordedRun | null> {
  const query = selectRuns(session).whereNotNull("run.communities").where("run.id", "<=", until).limit(1);
  const [row] = await read<RunRow>(session, "read", query);
  return row === undefined ? null : recordedRun(row);
}

/** The newest of these runs, newest first, and how many there are. */
export async function readRunsOf(
  session: Session,
  { after, until }: RunRange,
  limit: number,
): Promise<{ runs: RecordedRun[]; count: number }> {
  const query = selectRuns(session)
    .select(session.dialect.sql.raw("count(*) over () as counted"))
    .where("run.id", ">", after)
    .where("run.id", "<=", until)
    .limit(limit);
  const rows = await read<RunRow & { counted: number | string }>(session, "read", query);
  return { runs: rows.map(recordedRun), count: Number(rows[0]?.counted ?? 0) };
}
