import type { ColumnType } from "../dialect/columns.ts";
import type { Expressions } from "../dialect/expressions.ts";

const TYPES: Record<ColumnType, string> = {
  integer: "integer",
  bigint: "bigint",
  double: "double precision",
  boolean: "boolean",
  text: "text",
};

/** Ids are bigint: another application's may exceed 32 bits. An index on an integer column finds them too. */
const ID = "bigint";

/** Up to this many ids, a plan made for ten ids is as fast as one made for the actual number. */
const FEW_IDS = 200;

/** The elements of a JSON array as typed columns. */
export function jsonCells(columns: ReadonlyArray<readonly [name: string, type: ColumnType]>): string {
  return columns.map(([name, type], index) => `(value ->> ${index})::${TYPES[type]} as ${name}`).join(", ");
}

/**
 * In the collation of the database, then by code point: one that is not deterministic takes different spellings for the
 * same. PostgreSQL 18 does not sort by the second key where it is the first one with COLLATE "C".
 */
function byCollation(name: string): string {
  return `${name}, convert_to(${name}, 'UTF8')`;
}

/**
 * The names of an array, each once, in the collation of the database. Of the spellings that it takes for the same,
 * DISTINCT would keep one that depends on the plan, so all are kept.
 */
function joinedByCollation(names: string): string {
  return `(select string_agg(name, ', ' order by ${byCollation("name")})
    from (select distinct on (name collate "C") name from unnest(${names}) as collected(name)) once)`;
}

function joinedByCodePoint(names: string): string {
  const name = 'name collate "C"';
  return `(select string_agg(distinct ${name}, ', ' order by ${name}) from unnest(${names}) as collected(name))`;
}

export const expressions: Expressions = {
  idsFromJson: `(select value::${ID} as id from jsonb_array_elements_text(?::jsonb))`,
  /**
   * PostgreSQL assumes ten ids if the array comes from a subquery. For few ids that gives a good plan: it uses the index
   * instead of scanning tables, planning does not estimate each id, and the plan is reused for other ids. Many ids must
   * be visible to the planner, or it would choose a nested loop.
   */
  among: (column, count) =>
    count <= FEW_IDS ? `${column} = any(array(select unnest(?::${ID}[])))` : `${column} = any(?::${ID}[])`,
  boundIds: (ids) => `{${ids.join(",")}}`,
  rowsFromJson: (columns) => `(select ${jsonCells(columns)} from jsonb_array_elements(?::jsonb)) as source`,
  jsonArrayOf: (column, order) =>
    `json_agg(${column}${order === "none" ? "" : ` order by ${byCollation(column)}`})::text`,
  sumOfCoverages: (column) => `sum(${column})`,
  jsonObject: (pairs) => `json_build_object(${pairs.join(", ")})`,
  jsonOf: (subquery) => subquery,
  jsonValue: (value, type) => `coalesce(${type === "text" ? `to_json(${value})` : value}::text, 'null')`,
  keptValue: (changes, position) => ({
    join: `join lateral jsonb_array_elements(${changes}::jsonb) with ordinality item (value, place)
      on (item.place - 1) % 3 = 0 and item.value = to_jsonb(${position})`,
    before: `(${changes}::jsonb ->> item.place::integer)::bigint`,
    after: `(${changes}::jsonb ->> (item.place + 1)::integer)::bigint`,
  }),
  keptChanges: (kept) =>
    `json_agg(json_build_array(${kept}.run_id, ${kept}.action, ${kept}.changes) order by ${kept}.run_id)::text`,
  asText: (json) => `${json}::text`,
  orderedForNames: (query) => query,
  collectedNames: (column) => `array_agg(${column}::text) as names`,
  joinedNames: (order) => (order === "collation" ? joinedByCollation("names") : joinedByCodePoint("names")),
  nameList: (column, { order, distinctMunicipalities }) => {
    const names = `array_agg(${column}::text)`;
    if (distinctMunicipalities) return order === "collation" ? joinedByCollation(names) : joinedByCodePoint(names);
    const name = order === "collation" ? byCollation(column) : `${column} collate "C"`;
    return `string_agg(${column}::text, ', ' order by ${name})`;
  },
  nullOf: (type) => `null::${TYPES[type]}`,
  greatest: (values) => `greatest(${values.join(", ")})`,
  hoursSince: (timestamp) => `floor(extract(epoch from now() - ${timestamp}) / 3600)`,
  minutesSinceEpoch: (seconds) => `floor((extract(epoch from now()) - ${seconds}) / 60)`,
  wholeRow: (row) => `to_jsonb(${row})::text as whole_row`,
  wholeRowsFromJson: (table) => `jsonb_populate_recordset(null::${table}, ?::jsonb)`,
  timestamp: "?::timestamptz",
  rowVersion: (row) => `${row}.xmin::text`,
  isAsRead: (row, versions) => `(${row}.xmin::text in ${versions} or ${row}.xmin = pg_current_xact_id()::xid)`,
  /** The snapshot, and the newest entry in it, which separates the transaction's own entries from later ones. */
  logWatermark: (changeLog) =>
    `pg_current_snapshot()::text || '/' || (select coalesce(max(id), 0) from ${changeLog} entry)`,
};
