import type { Expressions } from "../dialect/expressions.ts";

export const expressions: Expressions = {
  idsFromJson: "(select value as id from json_each(?))",
  among: (column) => `${column} in (select value from json_each(?))`,
  boundIds: (ids) => JSON.stringify(ids),
  rowsFromJson: (columns) =>
    `(select ${columns.map(([name], index) => `value ->> ${index} as ${name}`).join(", ")} from json_each(?))`,
  jsonArrayOf: (column, order) =>
    `json_group_array(cast(${column} as text)${order === "none" ? "" : ` order by ${column}`})`,
  /** total() adds integers exactly up to 2^63; its result is a real number, which compares equal to an integer. */
  sumOfCoverages: (column) => `total(${column})`,
  jsonObject: (pairs) => `json_object(${pairs.join(", ")})`,
  jsonOf: (subquery) => `json(${subquery})`,
  // A number is joined to the text as it is; json_quote() would take twice the time of the statement.
  jsonValue: (value, type) => (type === "integer" ? `coalesce(${value}, 'null')` : `json_quote(${value})`),
  keptValue: (changes, position) => ({
    join: `join json_each(${changes}) item on item.key % 3 = 0 and item.value = ${position}`,
    before: `(${changes} ->> (item.key + 1))`,
    after: `(${changes} ->> (item.key + 2))`,
  }),
  keptChanges: (kept) =>
    `json_group_array(json_array(${kept}.run_id, ${kept}.action, ${kept}.changes) order by ${kept}.run_id)`,
  asText: (json) => json,
  /** The index on municipality and name has this order, so SQLite does not sort. */
  orderedForNames: (query) => query.orderBy(["municipality_id", "name"]),
  // Names arrive sorted; the collation of every column is BINARY, which orders by code point.
  collectedNames: (column) => `${distinctList(column)} as names`,
  joinedNames: () => "names",
  nameList: (column, { distinctMunicipalities }) =>
    distinctMunicipalities
      ? distinctList(column, ` order by ${column}`)
      : `string_agg(${column}, ', ' order by ${column})`,
  nullOf: () => "null",
  greatest: (values) => `max(${values.join(", ")})`,
  hoursSince: (timestamp) => `cast((unixepoch() - unixepoch(${timestamp})) / 3600 as integer)`,
  minutesSinceEpoch: (seconds) => `(unixepoch() - ${seconds}) / 60`,
  wholeRow: (row) => `${row}.*`,
  wholeRowsFromJson: (_table, columns) =>
    `(select ${columns.map((column) => `value ->> '$."${column}"' as "${column}"`).join(", ")} from json_each(?))`,
  timestamp: "?",
  // The write lock is taken before the plan is read, so no row can change in between.
  rowVersion: () => "null",
  isAsRead: () => "true",
  logWatermark: (changeLog) => `(select coalesce(max(id), 0) from ${changeLog} entry)`,
};

/**
 * SQLite's DISTINCT aggregates take no separator, so a comma within a name is replaced meanwhile. Collecting the names as
 * JSON, removing duplicates and sorting took 10 ms more, of 79, for the whole country.
 */
function distinctList(column: string, order = ""): string {
  const list = `group_concat(distinct replace(${column}, ',', char(31))${order})`;
  return `replace(replace(${list}, ',', ', '), char(31), ',')`;
}
