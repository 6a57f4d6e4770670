import type { Knex } from "knex";
import type { ChangedScope } from "../../core/sync/scope.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

interface LoggedPlace {
  log_watermark: string | number;
  municipality_id: number | null;
  code: string | null;
  province_id: number | null;
}

/** The municipalities and provinces that the change log names, in one small read. */
export async function readChangedScope(transaction: Knex.Transaction, dialect: Dialect): Promise<ChangedScope> {
  const rows = await send<LoggedPlace>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select mark.log_watermark, place.*
         from (select ${dialect.logWatermark} as log_watermark) mark
         left join (
           select municipality.id as municipality_id, municipality.code, municipality.province_id
             from ${TABLES.municipalities} municipality
            where municipality.id in (
              select municipality_id from ${TABLES.changeLog} where municipality_id is not null
              union
              select barangay.municipality_id from ${TABLES.changeLog} entry
                join ${TABLES.barangays} barangay on barangay.id = entry.barangay_id)
           union all
           select null, null, id from ${TABLES.provinces}
            where id in (select province_id from ${TABLES.changeLog} where province_id is not null)
         ) place on true
        order by place.code`,
    ),
  );
  const municipalities = rows.filter((row) => row.municipality_id !== null);
  const provinceIds = rows.flatMap(({ province_id }) => (province_id === null ? [] : [province_id]));
  return {
    kind: "changed",
    units: municipalities.map((row) => row.code as string),
    municipalityIds: municipalities.map((row) => row.municipality_id as number),
    provinceIds: [...new Set(provinceIds)],
    logWatermark: String(rows[0]?.log_watermark),
  };
}
