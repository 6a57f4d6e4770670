import type { Knex } from "knex";
import { FIELDS } from "../../core/fields.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { isNameList } from "../../core/sync/sync-plan.ts";
import {
  type CommunitySums,
  DRIFT_COLUMNS,
  type StoredCoverage,
  type UnitFacts,
  type UnitFactsReceiver,
} from "../../core/verify/drift.ts";
import { aliased } from "../connection/aliased.ts";
import type { RowReader } from "../connection/row-reader.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";

/**
 * Reads the data that verify compares: sums of communities by municipality, and the stored coverages. It deliberately
 * shares no SQL with the plan query. Passes on one unit at a time.
 */
export async function readDriftFacts(
  session: Session,
  scope: Scope,
  receivers: readonly UnitFactsReceiver[],
): Promise<void> {
  const byMunicipality = await sumsByMunicipality(session, scope);
  const withArchived = await municipalitiesWithArchived(session, scope);
  const inScope = scope.kind === "all" ? null : new Set(scope.municipalityIds);
  const everyMunicipality = unitsOf(session, "municipality", scope);
  await streamRows(session, "read", everyMunicipality, (row) => {
    const unit = unitFacts(row, "municipality");
    const beneath = byMunicipality.get(unit.id) ?? (withArchived.has(unit.id) ? NOTHING : null);
    // Frees the memory: the sums are not needed again.
    byMunicipality.delete(unit.id);
    const provinceId = Number(row.value("parent_id"));
    const nameRank = Number(row.value("name_rank"));
    const facts = { ...unit, provinceId, nameRank, inScope: inScope?.has(unit.id) ?? true, beneath };
    for (const receiver of receivers) receiver.addMunicipality(facts);
  });
  const everyProvince = unitsOf(session, "province", scope);
  await streamRows(session, "read", everyProvince, (row) => {
    const facts = unitFacts(row, "province");
    for (const receiver of receivers) receiver.addProvince(facts);
  });
}

/** What a coverage of zeros summarizes. */
const NOTHING = { communities: 0, sums: FIELDS.map(() => 0), barangayNames: () => [] };

/** The municipalities with archived communities, where a coverage of zeros stands for those of them without others. */
async function municipalitiesWithArchived(session: Session, scope: Scope): Promise<Set<number>> {
  if (!session.schema.rules.coversArchived) return new Set();
  const query = communitiesIn(session, scope).whereRaw("c.is_deleted").distinct("b.municipality_id as unit_id");
  const rows = await read<{ unit_id: number | string }>(session, "read", query);
  return new Set(rows.map(({ unit_id }) => Number(unit_id)));
}

function communitiesIn(session: Session, scope: Scope): Knex.QueryBuilder {
  const { sql, expressions } = session.dialect;
  const query = sql
    .from(aliased(session, "obc_communities", "c"))
    .innerJoin(aliased(session, "barangays", "b"), "b.id", "c.barangay_id");
  if (scope.kind === "all") return query;
  const { municipalityIds } = scope;
  return query.whereRaw(expressions.among("b.municipality_id", municipalityIds.length), [
    expressions.boundIds(municipalityIds),
  ]);
}

async function sumsByMunicipality(
  session: Session,
  scope: Scope,
): Promise<Map<number, CommunitySums & { barangayNames: () => string[] }>> {
  const { dialect, schema } = session;
  const order = schema.rules.names.order === "collation" ? "collation" : "none";
  const query = communitiesIn(session, scope)
    .whereRaw("not c.is_deleted")
    .select("b.municipality_id as unit_id")
    .select(dialect.sql.raw("count(*) as communities"))
    .select(FIELDS.map((field) => dialect.sql.raw("sum(??) as ??", [`c.${field}`, field])))
    .select(dialect.sql.raw(`${dialect.expressions.jsonArrayOf("b.name", order)} as names`))
    .groupBy("b.municipality_id");
  const sums = new Map<number, CommunitySums & { barangayNames: () => string[] }>();
  await streamRows(session, "read", query, (row) => {
    const names = String(row.value("names"));
    sums.set(Number(row.value("unit_id")), { ...sumsOf(row), barangayNames: () => JSON.parse(names) });
  });
  return sums;
}

/** The units of a level with their stored coverage. A narrowed scope includes all municipalities of its provinces. */
function unitsOf(session: Session, level: Level, scope: Scope): Knex.QueryBuilder {
  const { sql, expressions } = session.dialect;
  const { units, coverages, key, parents, parentKey } = COVERAGE_TABLES[level];
  const query = sql
    .select(["u.id", "u.code", "u.name", `u.${parentKey} as parent_id`, "p.name as parent", `v.${key} as stored_id`])
    .select(sql.raw("rank() over (order by u.name) as name_rank"))
    .select(["v.auto_sync", "v.is_deleted", ...DRIFT_COLUMNS[level].map((column) => `v.${column}`)])
    .from(aliased(session, units, "u"))
    .innerJoin(aliased(session, parents, "p"), "p.id", `u.${parentKey}`)
    .leftJoin(aliased(session, coverages, "v"), `v.${key}`, "u.id")
    .orderBy("u.code");
  if (scope.kind === "all") return query;
  const province = level === "municipality" ? "u.province_id" : "u.id";
  return query.whereRaw(expressions.among(province, scope.provinceIds.length), [
    expressions.boundIds(scope.provinceIds),
  ]);
}

function sumsOf(row: RowReader): CommunitySums {
  const sums = row.values(FIELDS[0], FIELDS.length).map((sum) => Number(sum ?? 0));
  return { communities: Number(row.value("communities")), sums };
}

function unitFacts(row: RowReader, level: Level): UnitFacts {
  return {
    id: Number(row.value("id")),
    code: String(row.value("code")),
    name: String(row.value("name")),
    parent: String(row.value("parent")),
    stored: row.value("stored_id") === null ? null : storedCoverage(row, level),
  };
}

const HAS_NAMES: Record<Level, readonly boolean[]> = {
  municipality: DRIFT_COLUMNS.municipality.map(isNameList),
  province: DRIFT_COLUMNS.province.map(isNameList),
};

function storedCoverage(row: RowReader, level: Level): StoredCoverage {
  const columns = DRIFT_COLUMNS[level];
  const values = row
    .values(columns[0] as string, columns.length)
    .map((value, index) => (value === null || HAS_NAMES[level][index] ? value : Number(value)));
  return { values, autoSync: Boolean(row.value("auto_sync")), isDeleted: Boolean(row.value("is_deleted")) };
}
