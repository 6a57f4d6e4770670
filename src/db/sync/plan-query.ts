import type { Knex } from "knex";
import type { Field } from "../../core/fields.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { computedColumns, isNameList } from "../../core/sync/sync-plan.ts";
import { aliased } from "../connection/aliased.ts";
import type { Dialect } from "../connection/dialect.ts";
import type { Session } from "../connection/session.ts";
import type { Statement } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { Schema } from "../schema/schema.ts";

/**
 * The one SELECT that yields a whole sync plan: what every coverage in scope should hold, beside what it holds, with
 * only the changed ones kept, and the counts of all. Bottom up:
 *
 *   community_sums      the figures of each municipality, in one pass over the communities of the scope
 *   municipality_plan   what each municipality's coverage should hold, and what a sync does about it
 *   province_sums       what a province-level unit adds up to, once the municipalities are synced
 *   province_plan       the same one level up
 *
 * It returns one row for each coverage to write, in which columns named stored_* are what the table holds and the others
 * what it should hold, and one row of counts, in which every other column is null.
 *
 * What each database needs of its form, and why few parts are materialized: docs/decisions/one-plan-query.md.
 */
export interface PlanQueryOptions {
  fields: readonly Field[];
  scope: Scope;
  /** Whether provinces follow their municipalities. */
  provinces: boolean;
}

/** What the SQL depends on. The ids of a scope are bound. */
interface Shape {
  dialect: Dialect;
  schema: Schema;
  fields: readonly Field[];
  provinces: boolean;
  /** How many ids a narrowed scope has at most; null for everything. */
  ids: number | null;
}

/** Bound in place of a scope's ids while the query is built. */
interface IdsOf {
  idsOf: Level;
}

interface BuiltQuery {
  sql: string;
  bindings: readonly unknown[];
}

/** Building takes a few milliseconds, so that each query is built once a process. */
const built = new Map<string, BuiltQuery>();

export function planStatement(session: Session, { fields, scope, provinces }: PlanQueryOptions): Statement {
  const { dialect, schema } = session;
  if (scope.kind === "all") return builtOnce({ dialect, schema, fields, provinces, ids: null });
  const ids = Math.max(scope.municipalityIds.length, scope.provinceIds.length);
  const { sql, bindings } = builtOnce({ dialect, schema, fields, provinces, ids });
  const bound = {
    municipality: dialect.expressions.boundIds(scope.municipalityIds),
    province: dialect.expressions.boundIds(scope.provinceIds),
  };
  return { sql, bindings: bindings.map((value) => (isIdsOf(value) ? bound[value.idsOf] : value)) };
}

function builtOnce(shape: Shape): BuiltQuery {
  const { dialect, schema, fields, provinces, ids } = shape;
  const narrowed = ids === null ? "all" : dialect.expressions.among("id", ids);
  const key = [dialect.name, schema.name, provinces, narrowed, ...fields].join();
  const query = built.get(key) ?? planQuery(shape).toSQL();
  built.set(key, query);
  return query;
}

function isIdsOf(value: unknown): value is IdsOf {
  return typeof value === "object" && value !== null && "idsOf" in value;
}

function planQuery(shape: Shape): Knex.QueryBuilder {
  const municipalities = changes(shape, "municipality")
    .withMaterialized("community_sums", communitySums(shape))
    .withMaterialized("municipality_plan", planOfLevel(shape, "municipality"));
  if (!shape.provinces) return municipalities.unionAll([counts(shape)]);
  return municipalities
    .withMaterialized("province_sums", provinceSums(shape))
    .withMaterialized("province_plan", planOfLevel(shape, "province"))
    .unionAll([changes(shape, "province"), counts(shape)]);
}

/** The figures of each municipality that has communities, and the list of its barangays' names. */
function communitySums(shape: Shape): Knex.QueryBuilder {
  const { dialect, fields } = shape;
  const { sql, expressions } = dialect;
  const namesAgain = sql
    .select("barangay.name")
    .from(aliased(shape, "barangays", "barangay"))
    .join(aliased(shape, "obc_communities", "community"), "community.barangay_id", "barangay.id")
    .whereRaw("barangay.municipality_id = figures.unit_id and not community.is_deleted");
  const names = expressions.joinedNames("total_obc_communities", namesAgain.toSQL().sql);
  return sql
    .select("unit_id", "total_obc_communities", ...fields)
    .select(sql.raw(`${names} as key_barangays`))
    .from(communityFigures(shape).as("figures"));
}

/**
 * The same with the names as they were collected. The cross join fixes the order of reading: starting from the
 * communities, they would have to be sorted by municipality.
 */
function communityFigures(shape: Shape): Knex.QueryBuilder {
  const { sql, expressions } = shape.dialect;
  const barangays = sql.select("id", "municipality_id", "name").from(aliased(shape, "barangays", "barangay"));
  const inScope = within(shape, barangays, "municipality", "municipality_id");
  return sql
    .select("place.municipality_id as unit_id")
    .select(
      sql.raw("count(*) as total_obc_communities"),
      sql.raw(expressions.collectedNames("place.name")),
      sql.raw(sums(shape.fields, (field) => `community.${field}`)),
    )
    .from(expressions.orderedForNames(inScope).as("place"))
    .crossJoin(aliased(shape, "obc_communities", "community"))
    .whereRaw("community.barangay_id = place.id and not community.is_deleted")
    .groupBy("place.municipality_id");
}

/** Each unit with something beneath it, or a coverage: what that should hold, and what a sync does about it. */
function planOfLevel(shape: Shape, level: Level): Knex.QueryBuilder {
  const { sql } = shape.dialect;
  const { units, coverages, key, parentKey } = COVERAGE_TABLES[level];
  const columns = computedColumns(shape.fields)[level];
  const computed = (column: string) => `coalesce(sums.${column}, ${isNameList(column) ? "''" : "0"})`;
  const differs = columns.map((column) => `stored.${column} is distinct from ${computed(column)}`).join(" or ");
  const query = sql
    .select("unit.id", "unit.code", "unit.name", `unit.${parentKey} as parent_id`)
    .select(
      sql.raw(`case when stored.${key} is null then 'created' when stored.is_deleted then 'archived'
        when not stored.auto_sync then 'manual' when ${differs} then 'updated' else 'unchanged' end as action`),
      sql.raw(columns.map((column) => `${computed(column)} as ${column}`).join(", ")),
    )
    .from(`${level === "municipality" ? "community" : "province"}_sums as sums`)
    .rightJoin(aliased(shape, units, "unit"), "unit.id", "sums.unit_id")
    .leftJoin(aliased(shape, coverages, "stored"), `stored.${key}`, "unit.id")
    .where((either) => either.whereNotNull("sums.unit_id").orWhereNotNull(`stored.${key}`));
  return within(shape, query, level, "unit.id");
}

/**
 * What a province-level unit adds up to: its municipality coverages that are not archived; automatic ones as the plan
 * will leave them, manual ones and those outside the scope as they are stored.
 */
function provinceSums(shape: Shape): Knex.QueryBuilder {
  const { sql, expressions } = shape.dialect;
  const { query, name, figure } = shape.ids === null ? everyMunicipality(shape) : municipalitiesInScope(shape);
  return query.select(
    sql.raw(
      `count(*) as total_municipalities, string_agg(${name}, ', ' order by ${expressions.byCodePoint(name)}) as key_municipalities, ${sums(["total_obc_communities", ...shape.fields], figure)}`,
    ),
  );
}

/** The municipalities that provinces add up, and where their name and figures are. */
interface CountedMunicipalities {
  query: Knex.QueryBuilder;
  name: string;
  figure: (column: string) => string;
}

/** From the plan, which has all of them: starting from the places, an index over the whole plan would be built. */
function everyMunicipality(shape: Shape): CountedMunicipalities {
  const { coverages, key } = COVERAGE_TABLES.municipality;
  const { sql } = shape.dialect;
  const query = sql
    .select("plan.parent_id as unit_id")
    .from("municipality_plan as plan")
    .leftJoin(aliased(shape, coverages, "manual"), (on) =>
      on.on(`manual.${key}`, "plan.id").andOn("plan.action", sql.raw("'manual'")),
    )
    .whereRaw("plan.action <> 'archived'")
    .groupBy("plan.parent_id");
  return {
    query,
    name: "plan.name",
    figure: (column) => `case when manual.${key} is null then plan.${column} else manual.${column} end`,
  };
}

/**
 * From the provinces down: a plan of few municipalities has none of their neighbours. A computed value is never null, so
 * that a null is that of a municipality which the plan does not change.
 */
function municipalitiesInScope(shape: Shape): CountedMunicipalities {
  const { sql } = shape.dialect;
  const { units, coverages, key } = COVERAGE_TABLES.municipality;
  const query = sql
    .select("unit.province_id as unit_id")
    .from(aliased(shape, units, "unit"))
    .leftJoin(aliased(shape, coverages, "stored"), `stored.${key}`, "unit.id")
    .leftJoin("municipality_plan as plan", (on) =>
      on.on("plan.id", "unit.id").andOn(sql.raw("plan.action in ('created', 'updated')")),
    )
    .whereRaw("(plan.action = 'created' or not stored.is_deleted)")
    .groupBy("unit.province_id");
  return {
    query: within(shape, query, "province", "unit.province_id"),
    name: "unit.name",
    figure: (column) => `coalesce(plan.${column}, stored.${column})`,
  };
}

/** Narrows a query to the units of a level that are in scope. */
function within({ dialect, ids }: Shape, query: Knex.QueryBuilder, level: Level, column: string): Knex.QueryBuilder {
  if (ids === null) return query;
  const marker: IdsOf = { idsOf: level };
  return query.whereRaw(dialect.expressions.among(column, ids), [marker as unknown as Knex.Value]);
}

function sums(columns: readonly string[], figure: (column: string) => string): string {
  return columns.map((column) => `coalesce(sum(${figure(column)}), 0) as ${column}`).join(", ");
}

/** The computed columns of either level, in the order in which a plan has them. */
function computedOfBoth({ fields }: Shape): string[] {
  return ["total_municipalities", "total_obc_communities", "names", ...fields];
}

/** The changed coverages of a level. Both levels have one shape: total_municipalities is null for a municipality. */
function changes(shape: Shape, level: Level): Knex.QueryBuilder {
  const { sql, expressions } = shape.dialect;
  const { coverages, key, names, parents } = COVERAGE_TABLES[level];
  const valueIn = (row: string, column: string) => {
    if (column === "total_municipalities" && level === "municipality") return expressions.nullOf("bigint");
    return `${row}.${column === "names" ? names : column}`;
  };
  const valuesOf = (row: string, prefix: string) =>
    sql.raw(
      computedOfBoth(shape)
        .map((column) => `${valueIn(row, column)} as ${prefix}${column}`)
        .join(", "),
    );
  return sql
    .select(sql.raw(`${expressions.nullOf("text")} as counts, '${level}' as level`))
    .select("plan.id as unit_id", "plan.code", "plan.name", "parent.name as parent", "plan.action")
    .select(
      sql.raw(`${expressions.rowVersion("stored")} as version`),
      valuesOf("plan", ""),
      valuesOf("stored", "stored_"),
    )
    .from(`${level}_plan as plan`)
    .join(aliased(shape, parents, "parent"), "parent.id", "plan.parent_id")
    .leftJoin(aliased(shape, coverages, "stored"), `stored.${key}`, "plan.id")
    .whereRaw("plan.action in ('created', 'updated')");
}

const ACTIONS = ["created", "updated", "unchanged", "manual", "archived"] as const;

/** The counts as one JSON object, and null in every other column of a change. */
function counts(shape: Shape): Knex.QueryBuilder {
  const { dialect, provinces } = shape;
  const { sql, expressions } = dialect;
  const countsOf = (level: Level, ...others: string[]) => {
    const pairs = ACTIONS.map((action) => `'${action}', count(case when action = '${action}' then 1 end)`);
    return `(select ${expressions.jsonObject([...others, ...pairs])} from ${level}_plan)`;
  };
  const counted = expressions.jsonObject([
    `'logWatermark', ${expressions.logWatermark}`,
    `'municipalities', ${countsOf("municipality", "'communities', coalesce(sum(total_obc_communities), 0)")}`,
    ...(provinces ? [`'provinces', ${countsOf("province")}`] : []),
  ]);
  const others = ["level", "unit_id", "code", "name", "parent", "action", "version"];
  const nulls = [...others, ...computedOfBoth(shape), ...computedOfBoth(shape)].map(() => "null");
  return sql.select(sql.raw(expressions.asText(counted)), sql.raw(nulls.join(", ")));
}
