import type { ChangedScope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

interface LoggedPlace {
  log_watermark: string;
  entries: boolean | number;
  municipality_id: number | null;
  code: string | null;
  province_id: number | null;
}

/** An entry without a unit: a trigger could not tell which units changed, or triggers were put back. */
const EVERYTHING = `exists (select 1 from ${BOOKKEEPING.changeLog}
  where barangay_id is null and municipality_id is null and province_id is null)`;

/** The municipalities and provinces with entries in the change log, in one small read. */
export function readChangedScope(session: Session): Promise<ChangedScope> {
  return readLoggedUnits(session, EVERYTHING);
}

/** Every municipality and province, as if the change log named them all. */
export async function readEveryUnitAsChanged(session: Session): Promise<ChangedScope> {
  return { ...(await readLoggedUnits(session, "true")), hasEntries: true };
}

/** @param every a condition that is true if the log stands for every unit */
async function readLoggedUnits(session: Session, every: string): Promise<ChangedScope> {
  const { relations } = session.schema;
  const { changeLog } = BOOKKEEPING;
  const rows = await read<LoggedPlace>(session, "bookkeeping", {
    sql: `select mark.*, place.*
       from (select ${session.dialect.expressions.logWatermark} as log_watermark,
                    exists (select 1 from ${changeLog}) as entries) mark
       left join (
         select municipality.id as municipality_id, municipality.code, municipality.province_id
           from ${relations.municipalities} municipality
          where municipality.id in (
            select municipality_id from ${changeLog} where municipality_id is not null
            union
            select barangay.municipality_id from ${changeLog} entry
              join ${relations.barangays} barangay on barangay.id = entry.barangay_id
            union
            select id from ${relations.municipalities} every where ${every})
         union all
         select null, null, province.id from ${relations.provinces} province
          where province.id in (select province_id from ${changeLog} where province_id is not null
            union
            select id from ${relations.provinces} every where ${every})
       ) place on true
      order by place.code`,
    bindings: [],
  });
  const municipalities = rows.filter((row) => row.municipality_id !== null);
  const provinceIds = rows.flatMap(({ province_id }) => (province_id === null ? [] : [province_id]));
  return {
    kind: "changed",
    units: municipalities.map((row) => row.code as string),
    municipalityIds: municipalities.map((row) => row.municipality_id as number),
    provinceIds: [...new Set(provinceIds)],
    logWatermark: String(rows[0]?.log_watermark),
    hasEntries: Boolean(rows[0]?.entries),
  };
}
