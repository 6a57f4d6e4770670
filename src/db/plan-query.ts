import type { Field } from "../core/fields.ts";
import type { Scope } from "../core/scope.ts";
import { computedColumns, isNameList, type Level } from "../core/sync-plan.ts";
import type { Dialect } from "./dialect.ts";
import type { Statement } from "./statement-log.ts";
import { LEVELS, TABLES } from "./tables.ts";

/**
 * The one SELECT that yields a whole sync plan: what every coverage in scope should hold, beside what it holds,
 * with only the changed ones kept, and the counts of all. It reads, bottom up:
 *
 *   community_sums              one pass over the communities of the scope
 *   municipality_plan           each municipality's stored row beside those figures, and what is to be done
 *   province_sums               what a province-level unit adds up, once the municipalities are right
 *   province_plan               the same one level up
 *   summary left join changes   at least one row, so that the counts arrive even where nothing changes
 *
 * Columns named stored_* are what the table holds, the others what it should hold.
 *
 * It is written as text and kept, since it is the same each time but for the ids that are bound: through the query
 * builder it took a new process 6 to 8 ms, a fifth of a `sync --changed`.
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
  /** Whether it is about some units, whose ids are bound, or about all. */
  narrowed: boolean;
}

const kept = new Map<string, string>();

export function planStatement(dialect: Dialect, { fields, scope, provinces }: PlanQueryOptions): Statement {
  const narrowed = scope.kind !== "all";
  const key = [dialect.name, narrowed, provinces, ...fields].join();
  const sql = kept.get(key) ?? planQuery({ dialect, fields, provinces, narrowed });
  kept.set(key, sql);
  if (!narrowed) return { sql, bindings: [] };
  const municipalities = dialect.boundIds(scope.municipalityIds);
  const aboveThem = dialect.boundIds(scope.provinceIds);
  // In the order of the text: each level is narrowed where its figures are added up and where they are compared.
  const bindings = [municipalities, municipalities, ...(provinces ? [aboveThem, aboveThem] : [])];
  return { sql, bindings };
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
  parts.push(`summary as (${summary(shape)})`, `changes as (${changes(shape)})`);
  return `with ${parts.join(",\n")}\nselect summary.*, changes.* from summary left join changes on true`;
}

/**
 * The figures of each municipality, from one pass over its communities that are not archived; names as they come.
 * SQLite keeps the order of a cross join: from the communities' side it would have to sort them by municipality.
 */
function communityFigures({ dialect, fields, narrowed }: Shape): string {
  return `select barangay.municipality_id as unit_id, count(*) as total_obc_communities,
      ${dialect.gathered("barangay.name")} as names, ${sumsOf(fields, (field) => `community.${field}`)}
    from ${TABLES.barangays} barangay cross join ${TABLES.communities} community
    where community.barangay_id = barangay.id and not community.is_deleted
      ${narrowed ? `and ${dialect.among("barangay.municipality_id")}` : ""}
    group by barangay.municipality_id`;
}

/**
 * The same with the names in order. They are put so a municipality at a time: a pass of its own that makes all names
 * of the country distinct and sorts them takes half as long again. The figures stand inside and not in a part of their
 * own, which SQLite would put aside as a whole.
 */
function communitySums(shape: Shape): string {
  const { dialect, fields } = shape;
  return `select unit_id, total_obc_communities, ${dialect.joinedDistinct("names")} as key_barangays, ${fields.join(", ")}
    from (${communityFigures(shape)}) figures`;
}

/** Each unit of a level with its computed and its stored values, and what is to be done about it. */
function planOfLevel({ dialect, fields, narrowed }: Shape, level: Level): string {
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
    from ${units} unit
    left join ${coverages} stored on stored.${key} = unit.id
    left join ${sums} sums on sums.unit_id = unit.id
    where (sums.unit_id is not null or stored.${key} is not null)
      ${narrowed ? `and ${dialect.among("unit.id")}` : ""}`;
}

/**
 * What a province-level unit adds up: its municipality coverages that are not archived; automatic ones as the plan
 * will leave them, manual ones as they are stored, and those outside the scope as they are stored too.
 */
function provinceSums(shape: Shape): string {
  const { dialect, fields } = shape;
  const { province, name, from, where } = shape.narrowed ? municipalitiesOf(shape) : EVERY_MUNICIPALITY;
  const figure = (column: string) =>
    `case when plan.action in ('created', 'updated') then plan.${column} else stored.${column} end`;
  return `select ${province} as unit_id, count(*) as total_municipalities,
      string_agg(${name}, ', ' order by ${dialect.byCodePoint(name)}) as key_municipalities,
      ${sumsOf(["total_obc_communities", ...fields], figure)}
    from ${from}
    where ${where}
    group by ${province}`;
}

const { units, coverages, key } = LEVELS.municipality;

/** Straight from the plan, which has all: from the places' side SQLite would build an index over the whole of it. */
const EVERY_MUNICIPALITY = {
  province: "plan.parent_id",
  name: "plan.name",
  from: `municipality_plan plan left join ${coverages} stored on stored.${key} = plan.id`,
  where: "plan.action <> 'archived'",
};

/** From the provinces down: a plan of few municipalities has none of their neighbours. */
function municipalitiesOf({ dialect }: Shape): typeof EVERY_MUNICIPALITY {
  return {
    province: "unit.province_id",
    name: "unit.name",
    from: `${units} unit
      left join ${coverages} stored on stored.${key} = unit.id
      left join municipality_plan plan on plan.id = unit.id`,
    where: `${dialect.among("unit.province_id")} and (plan.action = 'created' or not stored.is_deleted)`,
  };
}

function sumsOf(columns: readonly string[], figure: (column: string) => string): string {
  return columns.map((column) => `coalesce(sum(${figure(column)}), 0) as ${column}`).join(", ");
}

const ACTIONS = ["created", "updated", "unchanged", "manual", "archived"] as const;

function summary({ dialect, provinces }: Shape): string {
  const counts = (level: Level, prefix: string) => {
    const countOf = (action: string) => `count(case when action = '${action}' then 1 end) as ${prefix}_${action}`;
    return `(select ${ACTIONS.map(countOf).join(", ")} from ${level}_plan) ${prefix}`;
  };
  const levels = [counts("municipality", "municipalities"), ...(provinces ? [counts("province", "provinces")] : [])];
  return `select (select coalesce(sum(total_obc_communities), 0) from community_sums) as communities,
      ${dialect.logWatermark} as log_watermark, ${provinces ? "municipalities.*, provinces.*" : "municipalities.*"}
    from ${levels.join(" cross join ")}`;
}

/** Changed rows of both levels in one shape: a level without a column has null there. */
function changes({ dialect, fields, provinces }: Shape): string {
  const none = dialect.nullOf("bigint");
  const municipalities = changesOf("municipality", TABLES.provinces, fields, () => none);
  if (!provinces) return municipalities;
  const total = (row: string) => `${row}.total_municipalities`;
  return `${municipalities} union all ${changesOf("province", TABLES.regions, fields, total)}`;
}

function changesOf(level: Level, parents: string, fields: readonly Field[], total: (row: string) => string): string {
  const { coverages, key, names } = LEVELS[level];
  const valuesOf = (row: string, prefix: string) => `${total(row)} as ${prefix}total_municipalities,
      ${row}.${names} as ${prefix}names,
      ${["total_obc_communities", ...fields].map((column) => `${row}.${column} as ${prefix}${column}`).join(", ")}`;
  return `select '${level}' as level, plan.id as unit_id, plan.code, plan.name, parent.name as parent,
      plan.action, stored.sync_revision, ${valuesOf("plan", "")}, ${valuesOf("stored", "stored_")}
    from ${level}_plan plan
    join ${parents} parent on parent.id = plan.parent_id
    left join ${coverages} stored on stored.${key} = plan.id
    where plan.action in ('created', 'updated')`;
}
