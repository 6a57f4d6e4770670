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
import type { Dialect } from "../connection/dialect.ts";
import { type RowReader, streamRows } from "../row-stream.ts";
import { LEVELS, TABLES } from "../schema/tables.ts";

/**
 * Reads what verification compares: plain sums of communities by municipality and straight by province, and the
 * stored coverages. Shares no SQL with the plan of a sync, on purpose. Units are handed over one at a time.
 */
export async function readDriftFacts(
  transaction: Knex.Transaction,
  dialect: Dialect,
  scope: Scope,
  receivers: readonly UnitFactsReceiver[],
): Promise<void> {
  const byMunicipality = await sumsByMunicipality(transaction, dialect, scope);
  const byProvince = await sumsByProvince(transaction, dialect, scope);
  const inScope = scope.kind === "all" ? null : new Set(scope.municipalityIds);
  const everyMunicipality = unitsOf(transaction, dialect, "municipality", scope).toSQL();
  await streamRows(transaction, dialect.streamRows, "read", everyMunicipality, (row) => {
    const unit = unitFacts(row, "municipality");
    const beneath = byMunicipality.get(unit.id) ?? null;
    // What has been handed over is not needed again.
    byMunicipality.delete(unit.id);
    const provinceId = Number(row.value("parent_id"));
    const facts = { ...unit, provinceId, inScope: inScope?.has(unit.id) ?? true, beneath };
    for (const receiver of receivers) receiver.addMunicipality(facts);
  });
  const everyProvince = unitsOf(transaction, dialect, "province", scope).toSQL();
  await streamRows(transaction, dialect.streamRows, "read", everyProvince, (row) => {
    const unit = unitFacts(row, "province");
    const facts = { ...unit, beneath: byProvince.get(unit.id) ?? null };
    for (const receiver of receivers) receiver.addProvince(facts);
  });
}

/** Active communities with their municipality, from the communities' side. */
function activeCommunities(transaction: Knex.Transaction, dialect: Dialect, scope: Scope): Knex.QueryBuilder {
  const query = transaction
    .from({ c: TABLES.communities })
    .innerJoin({ b: TABLES.barangays }, "b.id", "c.barangay_id")
    .where("c.is_deleted", false)
    .select(transaction.raw("count(*) as communities"))
    .select(FIELDS.map((field) => transaction.raw("sum(??) as ??", [`c.${field}`, field])));
  if (scope.kind === "all") return query;
  const { municipalityIds } = scope;
  return query.whereRaw(dialect.among("b.municipality_id", municipalityIds.length), [
    dialect.boundIds(municipalityIds),
  ]);
}

async function sumsByMunicipality(
  transaction: Knex.Transaction,
  dialect: Dialect,
  scope: Scope,
): Promise<Map<number, CommunitySums & { barangayNames: () => string[] }>> {
  const query = activeCommunities(transaction, dialect, scope)
    .select("b.municipality_id as unit_id")
    .select(transaction.raw(`${dialect.jsonArrayOf("b.name")} as names`))
    .groupBy("b.municipality_id");
  const sums = new Map<number, CommunitySums & { barangayNames: () => string[] }>();
  await streamRows(transaction, dialect.streamRows, "read", query.toSQL(), (row) => {
    const names = String(row.value("names"));
    sums.set(Number(row.value("unit_id")), { ...sumsOf(row), barangayNames: () => JSON.parse(names) });
  });
  return sums;
}

async function sumsByProvince(
  transaction: Knex.Transaction,
  dialect: Dialect,
  scope: Scope,
): Promise<Map<number, CommunitySums>> {
  const query = activeCommunities(transaction, dialect, scope)
    .select("m.province_id as unit_id")
    .innerJoin({ m: TABLES.municipalities }, "m.id", "b.municipality_id")
    .leftJoin({ v: TABLES.municipalityCoverages }, "v.municipality_id", "m.id")
    .whereRaw("(v.municipality_id is null or (v.auto_sync and not v.is_deleted))")
    .groupBy("m.province_id");
  const sums = new Map<number, CommunitySums>();
  await streamRows(transaction, dialect.streamRows, "read", query.toSQL(), (row) => {
    sums.set(Number(row.value("unit_id")), sumsOf(row));
  });
  return sums;
}

/** Units of a level beside their stored coverage; for a narrowed scope with all siblings under its provinces. */
function unitsOf(transaction: Knex.Transaction, dialect: Dialect, level: Level, scope: Scope): Knex.QueryBuilder {
  const { units, coverages, key } = LEVELS[level];
  const parent = level === "municipality" ? TABLES.provinces : TABLES.regions;
  const parentKey = level === "municipality" ? "province_id" : "region_id";
  const query = transaction
    .select(["u.id", "u.code", "u.name", `u.${parentKey} as parent_id`, "p.name as parent", `v.${key} as stored_id`])
    .select(["v.auto_sync", "v.is_deleted", ...DRIFT_COLUMNS[level].map((column) => `v.${column}`)])
    .from({ u: units })
    .innerJoin({ p: parent }, "p.id", `u.${parentKey}`)
    .leftJoin({ v: coverages }, `v.${key}`, "u.id")
    .orderBy("u.code");
  if (scope.kind !== "all") {
    const province = level === "municipality" ? "u.province_id" : "u.id";
    query.whereRaw(dialect.among(province, scope.provinceIds.length), [dialect.boundIds(scope.provinceIds)]);
  }
  return query;
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

function storedCoverage(row: RowReader, level: Level): StoredCoverage {
  const columns = DRIFT_COLUMNS[level];
  const values = row
    .values(columns[0] as string, columns.length)
    .map((value, index) => (value === null || isNameList(columns[index] as string) ? value : Number(value)));
  return { values, autoSync: Boolean(row.value("auto_sync")), isDeleted: Boolean(row.value("is_deleted")) };
}
