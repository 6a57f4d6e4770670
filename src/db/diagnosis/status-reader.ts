import type { StatusContents } from "../../core/diagnosis/status-report.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import { readBrokenTriggers } from "../capture/broken-triggers.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { readLastSync } from "../runs/freshness-reader.ts";
import { LARGEST_RUN } from "../runs/run-range.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { isSetUp } from "../schema/schema.ts";

type Count = number | string;

interface CountsRow extends Record<string, unknown> {
  barangays: Count;
  communities: Count;
  archived_communities: Count;
  entries: Count;
  /** Unix time in seconds. */
  oldest: Count | null;
  heartbeat: string | Date | null;
}

/** What `status` shows of a database, except what other readers know. */
export async function readStatus(session: Session): Promise<Omit<StatusContents, "edition" | "drift">> {
  const counts = await readCounts(session);
  const { entries, oldest, heartbeat } = counts;
  const lastSync = await readLastSync(session, LARGEST_RUN);
  return {
    triggers: isSetUp(session.schema) ? await readTriggers(session) : null,
    barangays: Number(counts.barangays),
    communities: { active: Number(counts.communities), archived: Number(counts.archived_communities) },
    coverages: { municipality: countsOf(counts, "municipality"), province: countsOf(counts, "province") },
    waiting: { entries: Number(entries), oldest: oldest === null ? null : isoTime(Number(oldest) * 1000) },
    lastSync: lastSync && {
      run: lastSync.id,
      command: lastSync.command,
      actor: lastSync.actor,
      finishedAt: lastSync.finishedAt,
    },
    heartbeat: heartbeat === null ? null : isoTime(heartbeat),
  };
}

async function readTriggers(session: Session): Promise<StatusContents["triggers"]> {
  const { capture } = session.dialect;
  return { expected: capture.triggers(session.schema).length, broken: await readBrokenTriggers(session) };
}

/** One statement, so that all counts are of one moment in any transaction. */
async function readCounts({ dialect, schema, transaction }: Session): Promise<CountsRow> {
  const { relations, bookkeeping } = schema;
  const coverages = LEVELS.map(
    (level) => `(select count(case when auto_sync and not is_deleted then 1 end) as ${level}_automatic,
      count(case when not auto_sync and not is_deleted then 1 end) as ${level}_manual,
      count(case when is_deleted then 1 end) as ${level}_archived
      from ${relations[COVERAGE_TABLES[level].coverages]} stored) ${level}_coverages`,
  );
  const [row] = await read<CountsRow>({ dialect, transaction }, "read", {
    sql: `select * from
      (select count(*) as barangays from ${relations.barangays} place) places,
      (select count(case when not is_deleted then 1 end) as communities,
              count(case when is_deleted then 1 end) as archived_communities
         from ${relations.obc_communities} community) records,
      ${coverages.join(",\n      ")},
      (select count(*) as entries, min(changed_at) as oldest from ${bookkeeping.changeLog} entry) log,
      (select max(checked_at) as heartbeat from ${bookkeeping.heartbeat} beat) beats`,
    bindings: [],
  });
  return row as CountsRow;
}

function countsOf(row: CountsRow, level: Level): StatusContents["coverages"][Level] {
  const count = (state: string) => Number(row[`${level}_${state}`]);
  return { automatic: count("automatic"), manual: count("manual"), archived: count("archived") };
}

function isoTime(time: string | number | Date): string {
  return new Date(time).toISOString();
}
