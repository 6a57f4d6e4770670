import type { Knex } from "knex";
import { FIELDS } from "../../core/fields.ts";
import { type CoverageRecord, coverageColumns, SUPPORT_PROGRAMS } from "../../core/records/coverage.ts";
import type { Level, LevelUnit } from "../../core/sync/level.ts";
import { type CoverageValue, isNameList } from "../../core/sync/sync-plan.ts";
import { send } from "../connection/statement-log.ts";
import { LEVELS, TABLES } from "../schema/tables.ts";

type Row = Record<string, string | number | boolean | null>;

/** The coverage of a unit that was found before, in one statement. */
export async function readCoverage(transaction: Knex.Transaction, unit: LevelUnit): Promise<CoverageRecord> {
  const { coverages, key } = LEVELS[unit.level];
  const columns = coverageColumns(unit.level);
  const query = transaction
    .select(["auto_sync", "is_deleted", ...columns])
    .from(coverages)
    .where(key, unit.unitId);
  const [row] = await send<Row>(transaction, "bookkeeping", query);
  return {
    level: unit.level,
    unitId: unit.unitId,
    code: unit.code,
    name: unit.name,
    parent: unit.parent,
    provinceId: unit.provinceId,
    coverage:
      row === undefined
        ? null
        : {
            values: Object.fromEntries(columns.map((column) => [column, coverageValue(column, row[column] ?? null)])),
            manual: !row.auto_sync,
            archived: Boolean(row.is_deleted),
          },
  };
}

function coverageValue(column: string, value: Row[string]): CoverageValue {
  if (value === null || value === undefined) return null;
  return isNameList(column) || column === SUPPORT_PROGRAMS ? String(value) : Number(value);
}

/** What the units right beneath a coverage come to, field by field, with total_obc_communities. */
export async function readBeneath(
  transaction: Knex.Transaction,
  level: Level,
  unitId: number,
): Promise<Record<string, number>> {
  const query = level === "municipality" ? communitiesOf(transaction, unitId) : municipalitiesOf(transaction, unitId);
  const [row] = await send<Record<string, string | number | null>>(transaction, "read", query);
  return Object.fromEntries(Object.entries(row ?? {}).map(([field, value]) => [field, Number(value ?? 0)]));
}

function communitiesOf(transaction: Knex.Transaction, municipalityId: number): Knex.QueryBuilder {
  return transaction
    .select(transaction.raw("count(*) as total_obc_communities"))
    .select(FIELDS.map((field) => transaction.raw("sum(??) as ??", [`community.${field}`, field])))
    .from({ community: TABLES.communities })
    .join({ barangay: TABLES.barangays }, "barangay.id", "community.barangay_id")
    .where({ "barangay.municipality_id": municipalityId, "community.is_deleted": false });
}

function municipalitiesOf(transaction: Knex.Transaction, provinceId: number): Knex.QueryBuilder {
  return transaction
    .select(
      ["total_obc_communities", ...FIELDS].map((field) => transaction.raw("sum(??) as ??", [`stored.${field}`, field])),
    )
    .from({ stored: TABLES.municipalityCoverages })
    .join({ municipality: TABLES.municipalities }, "municipality.id", "stored.municipality_id")
    .where({ "municipality.province_id": provinceId, "stored.is_deleted": false });
}
