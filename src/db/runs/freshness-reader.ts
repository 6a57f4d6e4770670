import { hasCounts, type RecordedRun, type RunCounts } from "../../core/runs/run.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type RunRow, recordedRun, selectRuns } from "./run-reader.ts";

/** The newest run; null if there is none. */
export async function readLastRun(session: Session): Promise<RecordedRun | null> {
  return newest(await read<RunRow>(session, "read", selectRuns(session).limit(1)));
}

/** The newest run that synced coverages; null if there is none. */
export async function readLastSync(session: Session): Promise<RecordedRun | null> {
  return newest(await read<RunRow>(session, "read", selectRuns(session).whereNotNull("run.communities").limit(1)));
}

/** The newest import of a geography; null if there is none. */
export async function readLastGeographyImport(session: Session): Promise<RecordedRun | null> {
  return newest(
    await read<RunRow>(session, "read", selectRuns(session).where("run.command", "import geography").limit(1)),
  );
}

/** The newest runs after this one, newest first, and how many there are. */
export async function readRunsAfter(
  session: Session,
  run: number,
  limit: number,
): Promise<{ runs: RecordedRun[]; count: number }> {
  const query = selectRuns(session)
    .select(session.dialect.sql.raw("count(*) over () as counted"))
    .where("run.id", ">", run)
    .limit(limit);
  const rows = await read<RunRow & { counted: number | string }>(session, "read", query);
  return { runs: rows.map(recordedRun), count: Number(rows[0]?.counted ?? 0) };
}

/** Whether a run after this one has changed units, and its changes have been forgotten since. */
export async function hasForgottenChanges(session: Session, run: number): Promise<boolean> {
  const { runs, runValues } = session.schema.bookkeeping;
  const rows = await read<{ counts: string }>(session, "read", {
    sql: `select run.counts from ${runs} run
      where run.id > ? and not exists (select 1 from ${runValues} kept where kept.run_id = run.id)`,
    bindings: [run],
  });
  return rows.some(({ counts }) => hasCounts(JSON.parse(counts) as RunCounts));
}

function newest([row]: RunRow[]): RecordedRun | null {
  return row === undefined ? null : recordedRun(row);
}
