import type { Knex } from "knex";
import type { Field } from "../../core/fields.ts";
import type { Level } from "../../core/sync/level.ts";
import { computedColumns, isNameList } from "../../core/sync/sync-plan.ts";
import { aliased } from "../connection/aliased.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { Distribution, Schema } from "../schema/schema.ts";

/** Everything that the SQL depends on. The ids of a scope are bound, so they are not part of it. */
export interface PlanShape {
  dialect: Dialect;
  schema: Schema;
  fields: readonly Field[];
  provinces: boolean;
  /** The larger of the two numbers of ids in a narrowed scope; null for everything. */
  ids: number | null;
}

/** A placeholder for the ids of a scope while the query is built. */
export interface IdsOf {
  idsOf: Level;
}

/**
 * The SELECT that computes a sync plan: the expected and the stored values of every coverage in scope that changes, and
 * the counts of all coverages. Its parts, bottom up:
 *
 *   community_sums      the sums of each municipality, in one pass over the communities in scope
 *   archived_in         the municipalities with archived communities, where these have coverages too
 *   municipality_plan   the expected values of each municipality coverage, and the action of the sync
 *   province_sums       the sums of each province-level unit, with its municipalities as they will be after the sync
 *   province_plan       the expected values of each province coverage, and the action of the sync
 *
 * The result has one row for each coverage to write: columns named stored_* hold the stored values, the others the
 * expected ones. One more row has the counts, and null in every other column.
 *
 * docs/decisions/one-plan-query.md says what each database requires of the query, and why few parts are materialized.
 */
export function planQuery(shape: PlanShape): Knex.QueryBuilder {
  const municipalities = changes(shape, "municipality").withMaterialized("community_sums", communitySums(shape));
  if (shape.schema.rules.coversArchived) municipalities.withMaterialized("archived_in", archivedIn(shape));
  municipalities.withMaterialized("municipality_plan", planOfLevel(shape, "municipality"));
  if (!shape.provinces) return municipalities.unionAll([counts(shape)]);
  return municipalities
    .withMaterialized("province_sums", provinceSums(shape))
    .withMaterialized("province_plan", planOfLevel(shape, "province"))
    .unionAll([changes(shape, "province"), counts(shape)]);
}

/** The sums of each municipality that has communities, and the list of its barangay names. */
function communitySums(shape: PlanShape): Knex.QueryBuilder {
  const { dialect, schema, fields } = shape;
  const { sql, expressions } = dialect;
  return sql
    .select("unit_id", "total_obc_communities", ...fields)
    .select(sql.raw(`${expressions.joinedNames(schema.rules.names.order)} as key_barangays`))
    .from(communityFigures(shape).as("figures"));
}

/**
 * The sums of each municipality, and its names as collected. The cross join fixes the join order: starting with the
 * communities, they would have to be sorted by municipality.
 */
function communityFigures(shape: PlanShape): Knex.QueryBuilder {
  if (shape.schema.distribution !== null) return figuresOfNodes(shape, shape.schema.distribution);
  const { sql, expressions } = shape.dialect;
  const barangays = sql.select("id", "municipality_id", "name").from(aliased(shape, "barangays", "barangay"));
  const inScope = within(shape, barangays, "municipality", "municipality_id");
  return sql
    .select("place.municipality_id as unit_id")
    .select(
      sql.raw(
        [
          "count(*) as total_obc_communities",
          expressions.collectedNames("place.name"),
          ...sums(shape.fields, (field) => `sum(community.${field})`),
        ].join(", "),
      ),
    )
    .from(expressions.orderedForNames(inScope).as("place"))
    .crossJoin(aliased(shape, "obc_communities", "community"))
    .whereRaw("community.barangay_id = place.id and not community.is_deleted")
    .groupBy("place.municipality_id");
}

/** The same where the communities are distributed: each node sums its own. */
function figuresOfNodes({ dialect: { sql }, ids }: PlanShape, { communitySums }: Distribution): Knex.QueryBuilder {
  if (ids === null) return sql.from(sql.raw(`${communitySums}(null) as nodes`));
  const marker: IdsOf = { idsOf: "municipality" };
  return sql.from(sql.raw(`${communitySums}(?) as nodes`, [marker as unknown as Knex.Value]));
}

/** For each unit that has or should have a coverage: the expected values, and the action of the sync. */
function planOfLevel(shape: PlanShape, level: Level): Knex.QueryBuilder {
  const { sql, expressions } = shape.dialect;
  const { rules } = shape.schema;
  const { coverages, key, parentKey } = COVERAGE_TABLES[level];
  const columns = computedColumns(shape.fields)[level];
  const computed = (column: string) =>
    rules.blankFields.some((field) => field === column)
      ? expressions.nullOf("bigint")
      : `coalesce(sums.${column}, ${isNameList(column) ? "''" : "0"})`;
  const differs = columns.map((column) => `stored.${column} is distinct from ${computed(column)}`).join(" or ");
  const query = everyUnit(shape, level)
    .select("unit.id", "unit.code", "unit.name", `unit.${parentKey} as parent_id`)
    .select(
      sql.raw(`case when stored.${key} is null then 'created' when stored.is_deleted then 'archived'
        when not stored.auto_sync then 'manual' when ${differs} then 'updated' else 'unchanged' end as action`),
      sql.raw(columns.map((column) => `${computed(column)} as ${column}`).join(", ")),
    )
    .leftJoin(aliased(shape, coverages, "stored"), `stored.${key}`, "unit.id")
    .where((either) => {
      either.whereNotNull("sums.unit_id").orWhereNotNull(`stored.${key}`);
      if (rules.coversArchived) either.orWhereIn("unit.id", coveredAnyway(shape, level));
    });
  return within(shape, query, level, "unit.id");
}

/**
 * FROM each `unit` of a level, with its `sums` if it has any. A right join needs no index on the sums, but SQLite does not
 * flatten a relation on its right: docs/decisions/one-plan-query.md.
 */
function everyUnit(shape: PlanShape, level: Level): Knex.QueryBuilder {
  const { sql } = shape.dialect;
  const { units } = COVERAGE_TABLES[level];
  const sums = `${level === "municipality" ? "community" : "province"}_sums as sums`;
  const unit = aliased(shape, units, "unit");
  const isTable = shape.schema.relations[units] === shape.schema.tables[units].name;
  return isTable
    ? sql.from(sums).rightJoin(unit, "unit.id", "sums.unit_id")
    : sql.from(unit).leftJoin(sums, "sums.unit_id", "unit.id");
}

/** The units that have a coverage although nothing beneath them counts. */
function coveredAnyway({ dialect: { sql } }: PlanShape, level: Level): Knex.QueryBuilder {
  const archivedIn = sql.select("unit_id").from("archived_in");
  if (level === "municipality") return archivedIn;
  return sql
    .select("plan.parent_id")
    .from("municipality_plan as plan")
    .where("plan.action", sql.raw("'archived'"))
    .where((either) => either.whereRaw("plan.total_obc_communities > 0").orWhereIn("plan.id", archivedIn));
}

/** The municipalities that have archived communities. The cross join fixes the join order. */
function archivedIn(shape: PlanShape): Knex.QueryBuilder {
  return shape.dialect.sql
    .select("barangay.municipality_id as unit_id")
    .from(aliased(shape, "obc_communities", "community"))
    .crossJoin(aliased(shape, "barangays", "barangay"))
    .whereRaw("barangay.id = community.barangay_id and community.is_deleted");
}

/**
 * The sums of each province-level unit over its municipality coverages that are not archived. Automatic coverages count
 * as they will be after the sync, manual ones and those outside the scope as stored.
 */
function provinceSums(shape: PlanShape): Knex.QueryBuilder {
  const { sql, expressions } = shape.dialect;
  const { query, name, figure } = shape.ids === null ? everyMunicipality(shape) : municipalitiesInScope(shape);
  return query.select(
    sql.raw(
      `count(*) as total_municipalities, ${expressions.nameList(name, shape.schema.rules.names)} as key_municipalities, ${sums(["total_obc_communities", ...shape.fields], (column) => expressions.sumOfCoverages(figure(column))).join(", ")}`,
    ),
  );
}

/** The municipalities to add up, and the expressions for their name and figures. */
interface CountedMunicipalities {
  query: Knex.QueryBuilder;
  name: string;
  figure: (column: string) => string;
}

/** Reads the plan, which has every municipality: reading the places would need an automatic index on the whole plan. */
function everyMunicipality(shape: PlanShape): CountedMunicipalities {
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
 * Reads the places of the provinces in scope: the plan lacks the municipalities that are not in scope. Computed values are
 * never null, so a null means that the plan does not change the municipality.
 */
function municipalitiesInScope(shape: PlanShape): CountedMunicipalities {
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
function within(
  { dialect, ids }: PlanShape,
  query: Knex.QueryBuilder,
  level: Level,
  column: string,
): Knex.QueryBuilder {
  if (ids === null) return query;
  const marker: IdsOf = { idsOf: level };
  return query.whereRaw(dialect.expressions.among(column, ids), [marker as unknown as Knex.Value]);
}

function sums(columns: readonly string[], sumOf: (column: string) => string): string[] {
  return columns.map((column) => `coalesce(${sumOf(column)}, 0) as ${column}`);
}

/** The computed columns of both levels, in the order of a plan. */
function computedOfBoth({ fields }: PlanShape): string[] {
  return ["total_municipalities", "total_obc_communities", "names", ...fields];
}

/** The changed coverages of a level. Both levels have the same columns; a municipality's total_municipalities is null. */
function changes(shape: PlanShape, level: Level): Knex.QueryBuilder {
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
  return (
    sql
      .select(sql.raw(`${expressions.nullOf("text")} as counts, '${level}' as level`))
      .select("plan.id as unit_id", "plan.code", "plan.name", "parent.name as parent", "plan.action")
      .select(
        sql.raw(`${expressions.rowVersion("stored")} as version`),
        valuesOf("plan", ""),
        valuesOf("stored", "stored_"),
      )
      .from(`${level}_plan as plan`)
      // Without foreign keys a unit may have lost its parent; it is synced all the same.
      .leftJoin(aliased(shape, parents, "parent"), "parent.id", "plan.parent_id")
      .leftJoin(aliased(shape, coverages, "stored"), `stored.${key}`, "plan.id")
      .whereRaw("plan.action in ('created', 'updated')")
  );
}

const ACTIONS = ["created", "updated", "unchanged", "manual", "archived"] as const;

/** One row with the counts as a JSON object, and null in every other column. */
function counts(shape: PlanShape): Knex.QueryBuilder {
  const { dialect, provinces } = shape;
  const { sql, expressions } = dialect;
  const countsOf = (level: Level, ...others: string[]) => {
    const pairs = ACTIONS.map((action) => `'${action}', count(case when action = '${action}' then 1 end)`);
    return expressions.jsonOf(`(select ${expressions.jsonObject([...others, ...pairs])} from ${level}_plan)`);
  };
  const counted = expressions.jsonObject([
    `'logWatermark', ${expressions.logWatermark(shape.schema.bookkeeping.changeLog)}`,
    `'municipalities', ${countsOf("municipality", "'communities', coalesce(sum(total_obc_communities), 0)")}`,
    ...(provinces ? [`'provinces', ${countsOf("province")}`] : []),
  ]);
  const others = ["level", "unit_id", "code", "name", "parent", "action", "version"];
  const nulls = [...others, ...computedOfBoth(shape), ...computedOfBoth(shape)].map(() => "null");
  return sql.select(sql.raw(expressions.asText(counted)), sql.raw(nulls.join(", ")));
}
