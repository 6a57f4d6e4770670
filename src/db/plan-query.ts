import type { Knex } from "knex";
import type { Field } from "../core/fields.ts";
import type { Scope, ScopeUnits } from "../core/scope.ts";
import { isNameList, type Level, municipalityColumns, provinceColumns } from "../core/sync-plan.ts";
import type { Dialect } from "./dialect.ts";
import type { Statement } from "./statement-log.ts";
import { LEVELS, TABLES } from "./tables.ts";

/**
 * The one SELECT that yields a whole sync plan: what every coverage in scope should hold, beside what it holds,
 * with only the changed ones kept, and the counts of all. It reads, bottom up:
 *
 *   community_sums              one pass over the communities of the scope
 *   municipality_plan           each municipality's stored row beside those figures, and what is to be done
 *   municipality_figures        what a province-level unit adds up, once the municipalities are right
 *   province_plan               the same one level up
 *   summary left join changes   at least one row, so that the counts arrive even where nothing changes
 *
 * Columns named stored_* are what the table holds, the others what it should hold.
 */
export interface PlanQueryOptions {
  fields: readonly Field[];
  scope: Scope;
  /** Whether provinces follow their municipalities. */
  provinces: boolean;
}

/** Building the query takes longer than running it for a single municipality, and it is the same each time. */
const kept = new Map<string, Statement>();

/** Stands for any narrowed scope in a query that is kept: the ids are filled in when it is sent. */
const ANY_SCOPE: Scope & ScopeUnits = { kind: "municipality", units: [], municipalityIds: [-1], provinceIds: [-2] };

export function planStatement(knex: Knex, dialect: Dialect, options: PlanQueryOptions): Statement {
  const { fields, scope, provinces } = options;
  const key = [dialect.name, scope.kind === "all", provinces, ...fields].join();
  const template = scope.kind === "all" ? scope : ANY_SCOPE;
  const statement = kept.get(key) ?? planQuery(knex, dialect, { fields, scope: template, provinces }).toSQL();
  kept.set(key, statement);
  if (scope.kind === "all") return statement;
  const idsBound = (ids: readonly number[]) => dialect.among("", ids)[1][0];
  const filled = new Map<unknown, string>([
    [idsBound(ANY_SCOPE.municipalityIds), idsBound(scope.municipalityIds)],
    [idsBound(ANY_SCOPE.provinceIds), idsBound(scope.provinceIds)],
  ]);
  return { sql: statement.sql, bindings: statement.bindings.map((binding) => filled.get(binding) ?? binding) };
}

export function planQuery(knex: Knex, dialect: Dialect, options: PlanQueryOptions): Knex.QueryBuilder {
  const { fields, scope } = options;
  const query = knex.queryBuilder();
  query
    .withMaterialized("community_sums", communitySums(knex, dialect, fields, scope))
    .withMaterialized("municipality_plan", municipalityPlan(knex, dialect, fields, scope));
  if (options.provinces) {
    query
      .with("municipality_figures", municipalityFigures(knex, dialect, fields, scope))
      .withMaterialized("province_sums", provinceSums(knex, dialect, fields))
      .withMaterialized("province_plan", provincePlan(knex, dialect, fields, scope));
  }
  return query
    .with("summary", summary(knex, dialect, options.provinces))
    .with("changes", changes(knex, dialect, fields, options.provinces))
    .select("summary.*", "changes.*")
    .from("summary")
    .joinRaw("left join changes on true");
}

/** Active communities beside their barangay, driven by the barangays: these are in the order of municipalities. */
function activeCommunities(knex: Knex, dialect: Dialect, scope: Scope): Knex.QueryBuilder {
  const query = knex.from({ barangay: TABLES.barangays });
  if (scope.kind !== "all") query.whereRaw(...dialect.among("barangay.municipality_id", scope.municipalityIds));
  // SQLite keeps the order of a cross join; from the communities' side it would have to sort them.
  return query
    .crossJoin({ community: TABLES.communities } as never)
    .whereRaw("community.barangay_id = barangay.id")
    .where("community.is_deleted", false);
}

/**
 * The figures of each municipality. Names are gathered in the same pass and put in order a municipality at a time:
 * a second pass that makes all names of the country distinct and sorts them takes half as long again.
 */
function communitySums(knex: Knex, dialect: Dialect, fields: readonly Field[], scope: Scope): Knex.QueryBuilder {
  const figures = activeCommunities(knex, dialect, scope)
    .select("barangay.municipality_id as unit_id", knex.raw("count(*) as total_obc_communities"))
    .select(knex.raw(`${dialect.gathered("barangay.name")} as names`))
    .select(knex.raw(sumsOf("community", fields)))
    .groupBy("barangay.municipality_id");
  return knex
    .select(
      "unit_id",
      "total_obc_communities",
      knex.raw(`${dialect.joinedDistinct("names")} as key_barangays`),
      ...fields,
    )
    .from(figures.as("figures"));
}

/** In one piece: a builder call for each of the columns would take longer than some queries run. */
function sumsOf(table: string, columns: readonly string[]): string {
  return columns.map((column) => `coalesce(sum(${table}.${column}), 0) as ${column}`).join(", ");
}

function joinedNames(dialect: Dialect): string {
  return `string_agg(name, ', ' order by ${dialect.byCodePoint("name")})`;
}

function municipalityPlan(knex: Knex, dialect: Dialect, fields: readonly Field[], scope: Scope): Knex.QueryBuilder {
  const columns = municipalityColumns(fields);
  const query = planOfLevel(knex, "municipality", columns, (column) => `community_sums.${column}`)
    .leftJoin("community_sums", "community_sums.unit_id", "unit.id")
    .select("unit.province_id as parent_id")
    .whereRaw("(community_sums.unit_id is not null or stored.municipality_id is not null)");
  if (scope.kind !== "all") query.whereRaw(...dialect.among("unit.id", scope.municipalityIds));
  return query;
}

/**
 * What a province-level unit adds up: its municipality coverages that are not archived; automatic ones as the plan
 * will leave them, manual ones as they are stored, and those outside the scope as they are stored too.
 */
function municipalityFigures(knex: Knex, dialect: Dialect, fields: readonly Field[], scope: Scope): Knex.QueryBuilder {
  const summed = ["total_obc_communities", ...fields];
  const query = knex
    .select("parent_id", "name")
    .select(
      knex.raw(summed.map((c) => `case when action = 'manual' then stored_${c} else ${c} end as ${c}`).join(", ")),
    )
    .from("municipality_plan")
    .whereNot("action", "archived");
  if (scope.kind === "all") return query;
  const [inScope, ids] = dialect.among("unit.id", scope.municipalityIds);
  const { units, coverages, key } = LEVELS.municipality;
  return query.unionAll(
    knex
      .select("unit.province_id", "unit.name", ...summed.map((column) => `stored.${column}`))
      .from({ unit: units })
      .join({ stored: coverages }, `stored.${key}`, "unit.id")
      .where("stored.is_deleted", false)
      .whereRaw(...dialect.among("unit.province_id", scope.provinceIds))
      .whereRaw(`not (${inScope})`, ids),
  );
}

function provinceSums(knex: Knex, dialect: Dialect, fields: readonly Field[]): Knex.QueryBuilder {
  return knex
    .select("parent_id as unit_id", knex.raw("count(*) as total_municipalities"))
    .select(knex.raw(`${joinedNames(dialect)} as key_municipalities`))
    .select(knex.raw(sumsOf("municipality_figures", ["total_obc_communities", ...fields])))
    .from("municipality_figures")
    .groupBy("parent_id");
}

function provincePlan(knex: Knex, dialect: Dialect, fields: readonly Field[], scope: Scope): Knex.QueryBuilder {
  const query = planOfLevel(knex, "province", provinceColumns(fields), (column) => `province_sums.${column}`)
    .leftJoin("province_sums", "province_sums.unit_id", "unit.id")
    .select("unit.region_id as parent_id")
    .whereRaw("(province_sums.unit_id is not null or stored.province_id is not null)");
  if (scope.kind !== "all") query.whereRaw(...dialect.among("unit.id", scope.provinceIds));
  return query;
}

/** Each unit of a level with its computed and its stored values, and what is to be done about it. */
function planOfLevel(
  knex: Knex,
  level: Level,
  columns: readonly string[],
  computedFrom: (column: string) => string,
): Knex.QueryBuilder {
  const { units, coverages, key } = LEVELS[level];
  const computed = (column: string) => `coalesce(${computedFrom(column)}, ${isNameList(column) ? "''" : "0"})`;
  const differs = columns.map((column) => `stored.${column} is distinct from ${computed(column)}`).join(" or ");
  return knex
    .select("unit.id", "unit.code", "unit.name")
    .select(
      knex.raw(
        `case when stored.${key} is null then 'created' when stored.is_deleted then 'archived'
          when not stored.auto_sync then 'manual' when ${differs} then 'updated' else 'unchanged' end as action`,
      ),
    )
    .select(knex.raw(columns.map((column) => `${computed(column)} as ${column}`).join(", ")))
    .select("stored.sync_revision", ...columns.map((column) => `stored.${column} as stored_${column}`))
    .from({ unit: units })
    .leftJoin({ stored: coverages }, `stored.${key}`, "unit.id");
}

const ACTIONS = ["created", "updated", "unchanged", "manual", "archived"] as const;

function summary(knex: Knex, dialect: Dialect, provinces: boolean): Knex.QueryBuilder {
  const counts = (level: Level, prefix: string) =>
    knex
      .select(knex.raw(ACTIONS.map((a) => `count(case when action = '${a}' then 1 end) as ${prefix}_${a}`).join(", ")))
      .from(`${level}_plan`)
      .as(prefix);
  const query = knex
    .select(knex.raw("(select coalesce(sum(total_obc_communities), 0) from community_sums) as communities"))
    .select(knex.raw(`${dialect.logWatermark} as log_watermark`), "municipalities.*")
    .from(counts("municipality", "municipalities"));
  return provinces ? query.select("provinces.*").crossJoin(counts("province", "provinces") as never) : query;
}

/** Changed rows of both levels in one shape: a level without a column has null there. */
function changes(knex: Knex, dialect: Dialect, fields: readonly Field[], provinces: boolean): Knex.QueryBuilder {
  const changesOf = (level: Level, total: string, parents: string) =>
    knex
      .select(knex.raw(`'${level}' as level`), "plan.id as unit_id", "plan.code", "plan.name", "parent.name as parent")
      .select("plan.action", "plan.sync_revision", knex.raw(`${total} as total_municipalities`))
      .select(`plan.${LEVELS[level].names} as names`, "plan.total_obc_communities", ...fields.map((f) => `plan.${f}`))
      .select(
        knex.raw(`${level === "province" ? "plan.stored_total_municipalities" : total} as stored_total_municipalities`),
      )
      .select(`plan.stored_${LEVELS[level].names} as stored_names`, "plan.stored_total_obc_communities")
      .select(fields.map((field) => `plan.stored_${field}`))
      .from({ plan: `${level}_plan` })
      .join({ parent: parents }, "parent.id", "plan.parent_id")
      .whereIn("plan.action", ["created", "updated"]);
  const municipalities = changesOf("municipality", dialect.nullOf("bigint"), TABLES.provinces);
  if (!provinces) return municipalities;
  return municipalities.unionAll(changesOf("province", "plan.total_municipalities", TABLES.regions));
}
