import type { Knex } from "knex";
import type { Reversal } from "../../core/reverts/reverted-runs.ts";
import { hasCounts, type RecordedRun, type RunCounts } from "../../core/runs/run.ts";
import type { ScopeSummary } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { LARGEST_RUN, type RunRange } from "./run-range.ts";

export interface RunRow {
  id: number;
  command: string;
  actor: string;
  started_at: string | Date;
  finished_at: string | Date;
  duration_ms: number;
  scope_kind: ScopeSummary["kind"];
  scope_units: string;
  communities: number | null;
  counts: string;
  file_name: string | null;
  file_sha256: string | null;
  reverts: number | null;
  reverted_by: number | null;
}

/** The newest runs, newest first. */
export async function readRuns(session: Session, limit: number): Promise<RecordedRun[]> {
  return (await read<RunRow>(session, "read", selectRuns(session).limit(limit))).map(recordedRun);
}

/** The run of an id; null if there is none. */
export async function readRun(session: Session, id: number): Promise<RecordedRun | null> {
  if (!Number.isInteger(id) || id > LARGEST_RUN) return null;
  const [row] = await read<RunRow>(session, "read", selectRuns(session).where("run.id", id));
  return row === undefined ? null : recordedRun(row);
}

/** The newest run that finished before a time; null if there is none. @param before ISO 8601 in UTC */
export async function readLastRunBefore(session: Session, before: string): Promise<RecordedRun | null> {
  const query = selectRuns(session)
    .whereRaw(`run.finished_at < ${session.dialect.expressions.timestamp}`, [before])
    .limit(1);
  const [row] = await read<RunRow>(session, "bookkeeping", query);
  return row === undefined ? null : recordedRun(row);
}

/** The newest import of a geography; null if there is none. */
export async function readLastGeography(session: Session): Promise<RecordedRun | null> {
  const query = selectRuns(session).where("run.command", "import geography").limit(1);
  const [row] = await read<RunRow>(session, "bookkeeping", query);
  return row === undefined ? null : recordedRun(row);
}

/** Those of these runs that changed units, of which the trail no longer has the values, newest first. */
export async function readForgottenRuns(session: Session, { after, until }: RunRange): Promise<RecordedRun[]> {
  const { runValues } = session.schema.bookkeeping;
  const query = selectRuns(session)
    .where("run.id", ">", after)
    .where("run.id", "<=", until)
    .whereRaw(`not exists (select 1 from ${runValues} kept where kept.run_id = run.id)`);
  const rows = await read<RunRow>(session, "bookkeeping", query);
  return rows.map(recordedRun).filter(({ counts }) => hasCounts(counts));
}

/** The newest run that read a file of this SHA-256 and is not reverted; null if there is none. */
export async function readRunOfFile(session: Session, sha256: string): Promise<RecordedRun | null> {
  const query = selectRuns(session).where("run.file_sha256", sha256).limit(1);
  const [row] = await read<RunRow>(session, "bookkeeping", query);
  return row === undefined || row.reverted_by !== null ? null : recordedRun(row);
}

/** The runs that take others back, newest first. */
export function readReversals(session: Session): Promise<Reversal[]> {
  const { runs } = session.schema.bookkeeping;
  return read<Reversal>(session, "read", {
    sql: `select id, reverts from ${runs} run where reverts is not null order by id desc`,
    bindings: [],
  });
}

/** The newest run that changed something, is no revert and is not among those given; null if there is none. */
export async function readNewestRevertible(
  session: Session,
  reverted: ReadonlySet<number>,
): Promise<RecordedRun | null> {
  const { runValues } = session.schema.bookkeeping;
  const query = selectRuns(session)
    .whereNull("run.reverts")
    .whereRaw(`exists (select 1 from ${runValues} kept where kept.run_id = run.id)`)
    .whereRaw(`run.id not in (select id from ${session.dialect.expressions.idsFromJson} as ids)`, [
      JSON.stringify([...reverted]),
    ])
    .limit(1);
  const [row] = await read<RunRow>(session, "read", query);
  return row === undefined ? null : recordedRun(row);
}

/** The runs, newest first, as `run`. */
export function selectRuns({ dialect: { sql }, schema }: Session): Knex.QueryBuilder {
  const { runs } = schema.bookkeeping;
  return sql
    .select("run.*")
    .select(sql.raw(`(select max(later.id) from ${runs} later where later.reverts = run.id) as reverted_by`))
    .from(sql.raw(`${runs} as run`))
    .orderBy("run.id", "desc");
}

/** A run as `selectRuns` returns it. */
export function recordedRun(row: RunRow): RecordedRun {
  const file = { name: row.file_name ?? "", sha256: row.file_sha256 ?? "" };
  return {
    id: row.id,
    command: row.command,
    actor: row.actor,
    startedAt: new Date(row.started_at).toISOString(),
    finishedAt: new Date(row.finished_at).toISOString(),
    durationMs: row.duration_ms,
    scope: { kind: row.scope_kind, units: JSON.parse(row.scope_units) },
    file: row.file_sha256 === null ? null : file,
    reverts: row.reverts,
    revertedBy: row.reverted_by,
    communities: row.communities,
    counts: JSON.parse(row.counts) as RunCounts,
  };
}
