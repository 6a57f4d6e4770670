import type { Field } from "../../core/fields.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { computedColumns, isNameList } from "../../core/sync/sync-plan.ts";
import type { Dialect } from "../connection/dialect.ts";
import type { Statement } from "../connection/statement-log.ts";
import { LEVELS, TABLES } from "../schema/tables.ts";

/**
 * The one SELECT that yields a whole sync plan: what every coverage in scope should hold, beside what it holds,
 * with only the changed ones kept, and the counts of all. It reads, bottom up:
 *
 *   community_sums      the figures of each municipality, in one pass over the communities of the scope
 *   municipality_plan   what each municipality's coverage should hold, and what is to be done about it
 *   province_sums       what a province-level unit adds up, once the municipalities are right
 *   province_plan       the same one level up
 *
 * and yields one row for each coverage that is to be written, in which columns named stored_* are what the table holds
 * and the others what it should hold, and one row of counts, which has nothing else.
 *
 * It is written as text and kept, since it is the same each time but for the ids that are bound: through the query
 * builder it took a new process 6 to 8 ms, a fifth of a `sync --changed`. What is put aside on the way is little:
 * SQLite gives each part that it puts aside a cache of 16 MB.
 */
export interface PlanQueryOptions {
  fields: readonly Field[];
  scope: Scope;
  /** Whether provinces follow their municipalities. */
  provinces: boolean;
}

/** What the text depends on. */
interface Shape {
  dialect: Dialect;
  fields: readonly Field[];
  provinces: boolean;
  /** The condition that a column is one of the ids of its level in scope; null where all are. */
  among: ((column: string) => string) | null;
}

const kept = new Map<string, string>();

export function planStatement(dialect: Dialect, { fields, scope, provinces }: PlanQueryOptions): Statement {
  if (scope.kind === "all") return { sql: keptQuery({ dialect, fields, provinces, among: null }), bindings: [] };
  const { municipalityIds, provinceIds } = scope;
  const count = Math.max(municipalityIds.length, provinceIds.length);
  const among = (column: string) => dialect.among(column, count);
  // In the order of the text: each level is narrowed where it is summed and where it is compared.
  const [ids, idsAbove] = [dialect.boundIds(municipalityIds), dialect.boundIds(provinceIds)];
  const bindings = [ids, ids, ...(provinces ? [idsAbove, idsAbove] : [])];
  return { sql: keptQuery({ dialect, fields, provinces, among }), bindings };
}

function keptQuery(shape: Shape): string {
  const { dialect, fields, provinces, among } = shape;
  const key = [dialect.name, provinces, among?.("id") ?? "all", ...fields].join();
  const sql = kept.get(key) ?? planQuery(shape);
  kept.set(key, sql);
  return sql;
}

function planQuery(shape: Shape): string {
  const parts = [
    `community_sums as materialized (${communitySums(shape)})`,
    `municipality_plan as materialized (${planOfLevel(shape, "municipality")})`,
  ];
  if (shape.provinces) {
    parts.push(
      `province_sums as materialized (${provinceSums(shape)})`,
      `province_plan as materialized (${planOfLevel(shape, "province")})`,
    );
  }
  return `with ${parts.join(",\n")}\n${rows(shape)}`;
}

/**
 * The figures of each municipality that has communities. Names are put in order a municipality at a time: a pass of
 * its own that makes all names of the country distinct and sorts them takes half as long again. The pass over the
 * communities stands inside and is no part of its own, which SQLite would put aside as a whole.
 */
function communitySums(shape: Shape): string {
  const { dialect, fields } = shape;
  return `select unit_id, total_obc_communities, ${dialect.joinedDistinct("names")} as key_barangays, ${fields.join(", ")}
    from (${communityFigures(shape)}) figures`;
}

/**
 * The same with the names as they come. SQLite keeps the order of a cross join: from the communities' side it would
 * have to sort them by municipality.
 */
function communityFigures({ dialect, fields, among }: Shape): string {
  return `select barangay.municipality_id as unit_id, count(*) as total_obc_communities,
      ${dialect.gathered("barangay.name")} as names, ${sumsOf(fields, (field) => `community.${field}`)}
    from ${TABLES.barangays} barangay cross join ${TABLES.communities} community
    where community.barangay_id = barangay.id and not community.is_deleted
      ${among === null ? "" : `and ${among("barangay.municipality_id")}`}
    group by barangay.municipality_id`;
}

/** Each unit with something beneath it, or a coverage: what that should hold, and what is to be done about it. */
function planOfLevel({ fields, among }: Shape, level: Level): string {
  const { units, coverages, key } = LEVELS[level];
  const [sums, parent] = level === "municipality" ? ["community_sums", "province_id"] : ["province_sums", "region_id"];
  const columns = computedColumns(fields)[level];
  const computed = (column: string) => `coalesce(sums.${column}, ${isNameList(column) ? "''" : "0"})`;
  return `select unit.id, unit.code, unit.name, unit.${parent} as parent_id,
      case when stored.${key} is null then 'created'
           when stored.is_deleted then 'archived'
           when not stored.auto_sync then 'manual'
           when ${columns.map((column) => `stored.${column} is distinct from ${computed(column)}`).join(" or ")}
           then 'updated' else 'unchanged' end as action,
      ${columns.map((column) => `${computed(column)} as ${column}`).join(", ")}
    from ${sums} sums
    right join ${units} unit on unit.id = sums.unit_id
    left join ${coverages} stored on stored.${key} = unit.id
    where (sums.unit_id is not null or stored.${key} is not null) ${among === null ? "" : `and ${among("unit.id")}`}`;
}

/**
 * What a province-level unit adds up: its municipality coverages that are not archived; automatic ones as the plan
 * will leave them, manual ones as they are stored, and those outside the scope as they are stored too.
 */
function provinceSums(shape: Shape): string {
  const { dialect, among } = shape;
  const { province, name, figure, from, where } = among === null ? EVERY_MUNICIPALITY : municipalitiesOf(among);
  return `select ${province} as unit_id, count(*) as total_municipalities,
      string_agg(${name}, ', ' order by ${dialect.byCodePoint(name)}) as key_municipalities,
      ${sumsOf(summed(shape), figure)}
    from ${from}
    where ${where}
    group by ${province}`;
}

/** The municipalities that provinces add up, and where they find what. */
interface CountedMunicipalities {
  province: string;
  name: string;
  figure: (column: string) => string;
  from: string;
  where: string;
}

const { units, coverages, key } = LEVELS.municipality;

/** Straight from the plan, which has all: from the places' side SQLite would build an index over the whole of it. */
const EVERY_MUNICIPALITY: CountedMunicipalities = {
  province: "plan.parent_id",
  name: "plan.name",
  figure: (column) => `case when manual.${key} is null then plan.${column} else manual.${column} end`,
  from: `municipality_plan plan
      left join ${coverages} manual on manual.${key} = plan.id and plan.action = 'manual'`,
  where: "plan.action <> 'archived'",
};

/** From the provinces down: a plan of few municipalities has none of their neighbours. */
function municipalitiesOf(among: (column: string) => string): CountedMunicipalities {
  return {
    province: "unit.province_id",
    name: "unit.name",
    figure: (column) => `case when plan.action in ('created', 'updated') then plan.${column} else stored.${column} end`,
    from: `${units} unit
      left join ${coverages} stored on stored.${key} = unit.id
      left join municipality_plan plan on plan.id = unit.id`,
    where: `${among("unit.province_id")} and (plan.action = 'created' or not stored.is_deleted)`,
  };
}

function summed({ fields }: Shape): string[] {
  return ["total_obc_communities", ...fields];
}

function sumsOf(columns: readonly string[], figure: (column: string) => string): string {
  return columns.map((column) => `coalesce(sum(${figure(column)}), 0) as ${column}`).join(", ");
}

/** The changed rows of both levels and the row of counts, in one shape: each has null where the others have a value. */
function rows(shape: Shape): string {
  const none = shape.dialect.nullOf("bigint");
  const branches = [changesOf(shape, "municipality", TABLES.provinces, () => none)];
  if (shape.provinces) {
    branches.push(changesOf(shape, "province", TABLES.regions, (row) => `${row}.total_municipalities`));
  }
  return [...branches, countsRow(shape)].join("\nunion all ");
}

/** The computed columns of either level, in the order in which a plan has them. */
function computedOfBoth({ fields }: Shape): string[] {
  return ["total_municipalities", "total_obc_communities", "names", ...fields];
}

function changesOf(shape: Shape, level: Level, parents: string, total: (row: string) => string): string {
  const { coverages, key, names } = LEVELS[level];
  const valueIn = (row: string, column: string) => {
    if (column === "total_municipalities") return total(row);
    return `${row}.${column === "names" ? names : column}`;
  };
  const valuesOf = (row: string, prefix: string) =>
    computedOfBoth(shape)
      .map((column) => `${valueIn(row, column)} as ${prefix}${column}`)
      .join(", ");
  return `select null as counts, '${level}' as level, plan.id as unit_id, plan.code, plan.name, parent.name as parent,
      plan.action, stored.sync_revision, ${valuesOf("plan", "")}, ${valuesOf("stored", "stored_")}
    from ${level}_plan plan
    join ${parents} parent on parent.id = plan.parent_id
    left join ${coverages} stored on stored.${key} = plan.id
    where plan.action in ('created', 'updated')`;
}

const ACTIONS = ["created", "updated", "unchanged", "manual", "archived"] as const;

/** The counts as one JSON object, and null in every other column of a change. */
function countsRow(shape: Shape): string {
  const { dialect, provinces } = shape;
  const countsOf = (level: Level, ...others: string[]) => {
    const counts = ACTIONS.map((action) => `'${action}', count(case when action = '${action}' then 1 end)`);
    return `(select ${dialect.jsonObject([...others, ...counts])} from ${level}_plan)`;
  };
  const communities = "'communities', coalesce(sum(total_obc_communities), 0)";
  const counts = dialect.jsonObject([
    `'logWatermark', ${dialect.logWatermark}`,
    `'municipalities', ${countsOf("municipality", communities)}`,
    ...(provinces ? [`'provinces', ${countsOf("province")}`] : []),
  ]);
  const others = ["level", "unit_id", "code", "name", "parent", "action", "sync_revision"];
  const nulls = [...others, ...computedOfBoth(shape), ...computedOfBoth(shape)].map(() => "null");
  return `select ${dialect.asText(counts)}, ${nulls.join(", ")}`;
}
