import type { Knex } from "knex";
import { FIELDS } from "../../core/fields.ts";
import { type CoverageRecord, coverageColumns, SUPPORT_PROGRAMS } from "../../core/records/coverage.ts";
import type { Level, LevelUnit } from "../../core/sync/level.ts";
import type { CoverageValue } from "../../core/sync/planned-change.ts";
import { isNameList } from "../../core/sync/sync-plan.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";

type Row = Record<string, string | number | boolean | null>;

/** The coverage of a unit, in one statement. */
export async function readCoverage(session: Session, unit: LevelUnit): Promise<CoverageRecord> {
  const { coverages, key } = COVERAGE_TABLES[unit.level];
  const columns = coverageColumns(unit.level);
  const { sql, expressions } = session.dialect;
  const query = sql
    .select(["auto_sync", "is_deleted", ...columns])
    .select(sql.raw(`${expressions.rowVersion("stored")} as version`))
    .from(aliased(session, coverages, "stored"))
    .where(key, unit.unitId);
  const [row] = await read<Row>(session, "bookkeeping", query);
  return {
    level: unit.level,
    unitId: unit.unitId,
    code: unit.code,
    name: unit.name,
    parent: unit.parent,
    provinceId: unit.provinceId,
    provinceCode: unit.provinceCode,
    coverage:
      row === undefined
        ? null
        : {
            values: Object.fromEntries(columns.map((column) => [column, coverageValue(column, row[column] ?? null)])),
            manual: !row.auto_sync,
            archived: Boolean(row.is_deleted),
          },
    version: (row?.version ?? null) as string | null,
  };
}

function coverageValue(column: string, value: Row[string]): CoverageValue {
  if (value === null || value === undefined) return null;
  return isNameList(column) || column === SUPPORT_PROGRAMS ? String(value) : Number(value);
}

/** The sums of total_obc_communities and of each field over the units directly beneath a coverage. */
export async function readBeneath(session: Session, level: Level, unitId: number): Promise<Record<string, number>> {
  const query = level === "municipality" ? communitiesOf(session, unitId) : municipalitiesOf(session, unitId);
  const [row] = await read<Record<string, string | number | null>>(session, "read", query);
  return Object.fromEntries(Object.entries(row ?? {}).map(([field, value]) => [field, Number(value ?? 0)]));
}

function communitiesOf(session: Session, municipalityId: number): Knex.QueryBuilder {
  const { sql } = session.dialect;
  return sql
    .select(sql.raw("count(*) as total_obc_communities"))
    .select(FIELDS.map((field) => sql.raw("sum(??) as ??", [`community.${field}`, field])))
    .from(aliased(session, "obc_communities", "community"))
    .join(aliased(session, "barangays", "barangay"), "barangay.id", "community.barangay_id")
    .where({ "barangay.municipality_id": municipalityId, "community.is_deleted": false });
}

function municipalitiesOf(session: Session, provinceId: number): Knex.QueryBuilder {
  const { sql, expressions } = session.dialect;
  const sums = ["total_obc_communities", ...FIELDS].map(
    (field) => `${expressions.sumOfCoverages(`stored.${field}`)} as ${field}`,
  );
  return sql
    .select(sql.raw(sums.join(", ")))
    .from(aliased(session, "municipality_coverages", "stored"))
    .join(aliased(session, "municipalities", "municipality"), "municipality.id", "stored.municipality_id")
    .where({ "municipality.province_id": provinceId, "stored.is_deleted": false });
}
