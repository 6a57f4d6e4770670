import type { ChangedScope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { lastCheck } from "./heartbeat.ts";

interface LoggedPlace {
  log_watermark: string;
  entries: boolean | number;
  checked_at: string | Date | null;
  municipality_id: number | null;
  code: string | null;
  province_id: number | null;
}

export interface ChangeLog {
  /** The municipalities and provinces that have entries. */
  scope: ChangedScope;
  /** The time of the newest sync or heartbeat; null if there is none. */
  lastCheck: Date | null;
}

export async function readChangedScope(session: Session): Promise<ChangedScope> {
  return (await readChangeLog(session)).scope;
}

/** One small read. */
export function readChangeLog(session: Session): Promise<ChangeLog> {
  const log = changeLog(session);
  // An entry without a unit: a trigger could not tell which units changed, or triggers were put back.
  return readLoggedUnits(
    session,
    `exists (select 1 from ${log} where barangay_id is null and municipality_id is null and province_id is null)`,
  );
}

/** Every municipality and province, as if the change log named them all. */
export async function readEveryUnitAsChanged(session: Session): Promise<ChangedScope> {
  const { scope } = await readLoggedUnits(session, "true");
  return { ...scope, hasEntries: true };
}

/** @param every a condition that is true if the log stands for every unit */
async function readLoggedUnits(session: Session, every: string): Promise<ChangeLog> {
  const { relations } = session.schema;
  const log = changeLog(session);
  const rows = await read<LoggedPlace>(session, "bookkeeping", {
    sql: `select mark.*, place.*
       from (select ${session.dialect.expressions.logWatermark(session.schema.bookkeeping.changeLog)} as log_watermark,
                    exists (select 1 from ${log}) as entries,
                    ${lastCheck(session.schema.bookkeeping)} as checked_at) mark
       left join (
         select municipality.id as municipality_id, municipality.code, municipality.province_id
           from ${relations.municipalities} municipality
          where municipality.id in (
            select municipality_id from ${log} where municipality_id is not null
            union
            select barangay.municipality_id from ${log}
              join ${relations.barangays} barangay on barangay.id = entry.barangay_id
            union
            select id from ${relations.municipalities} every where ${every})
         union all
         select null, null, province.id from ${relations.provinces} province
          where province.id in (select province_id from ${log} where province_id is not null
            union
            select id from ${relations.provinces} every where ${every})
       ) place on true
      order by place.code`,
    bindings: [],
  });
  const municipalities = rows.filter((row) => row.municipality_id !== null);
  const provinceIds = rows.flatMap(({ province_id }) => (province_id === null ? [] : [province_id]));
  const { log_watermark, entries, checked_at } = rows[0] as LoggedPlace;
  return {
    scope: {
      kind: "changed",
      units: municipalities.map((row) => row.code as string),
      municipalityIds: municipalities.map((row) => row.municipality_id as number),
      provinceIds: [...new Set(provinceIds)],
      logWatermark: String(log_watermark),
      hasEntries: Boolean(entries),
    },
    lastCheck: checked_at === null ? null : new Date(checked_at),
  };
}

function changeLog({ schema }: Session): string {
  return `${schema.bookkeeping.changeLog} entry`;
}
