import type { ColumnType, Expressions } from "../connection/dialect.ts";

const TYPES: Record<ColumnType, string> = {
  integer: "integer",
  bigint: "bigint",
  double: "double precision",
  text: "text",
};

/** Up to this many ids, PostgreSQL runs a plan made for ten ids as fast as one made for these. */
const FEW_IDS = 200;

/** The elements of a JSON array as typed columns. */
export function jsonCells(columns: ReadonlyArray<readonly [name: string, type: ColumnType]>): string {
  return columns.map(([name, type], index) => `(value ->> ${index})::${TYPES[type]} as ${name}`).join(", ");
}

export const expressions: Expressions = {
  byCodePoint: (column) => `${column} collate "C"`,
  idsFromJson: "(select value::integer as id from jsonb_array_elements_text(?::jsonb))",
  /**
   * PostgreSQL plans for ten ids where the array comes from a subquery, whatever is in it. For few ids that is good: it
   * looks them up instead of reading whole tables, does not estimate each id while it plans, and reuses the plan for
   * other ids. Many ids it must see, or it would compare each with each.
   */
  among: (column, count) =>
    count <= FEW_IDS ? `${column} = any(array(select unnest(?::integer[])))` : `${column} = any(?::integer[])`,
  boundIds: (ids) => `{${ids.join(",")}}`,
  rowsFromJson: (columns) => `(select ${jsonCells(columns)} from jsonb_array_elements(?::jsonb)) as source`,
  jsonArrayOf: (column) => `json_agg(${column})::text`,
  jsonObject: (pairs) => `json_build_object(${pairs.join(", ")})`,
  asText: (json) => `${json}::text`,
  orderedForNames: (query) => query,
  collectedNames: (column) => `array_agg(${column}) as names`,
  joinedNames: () =>
    `(select string_agg(distinct name collate "C", ', ' order by name collate "C") from unnest(names) as collected(name))`,
  nullOf: (type) => `null::${TYPES[type]}`,
  greatest: (values) => `greatest(${values.join(", ")})`,
  hoursSince: (timestamp) => `floor(extract(epoch from now() - ${timestamp}) / 3600)`,
  minutesSinceEpoch: (seconds) => `floor((extract(epoch from now()) - ${seconds}) / 60)`,
  rowVersion: (row) => `${row}.xmin::text`,
  logWatermark: "pg_current_snapshot()::text",
};
