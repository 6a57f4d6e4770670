import type { Expressions } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

export const expressions: Expressions = {
  byCodePoint: (column) => column,
  idsFromJson: "(select value as id from json_each(?))",
  among: (column) => `${column} in (select value from json_each(?))`,
  boundIds: (ids) => JSON.stringify(ids),
  rowsFromJson: (columns) =>
    `(select ${columns.map(([name], index) => `value ->> ${index} as ${name}`).join(", ")} from json_each(?))`,
  jsonArrayOf: (column) => `json_group_array(cast(${column} as text))`,
  /** total() adds integers exactly up to 2^63; its result is a real number, which compares equal to an integer. */
  sumOfCoverages: (column) => `total(${column})`,
  jsonObject: (pairs) => `json_object(${pairs.join(", ")})`,
  asText: (json) => json,
  /** The index on municipality and name has this order, so SQLite does not sort. */
  orderedForNames: (query) => query.orderBy(["municipality_id", "name"]),
  /**
   * Names arrive sorted and are joined directly: collecting them as JSON, removing duplicates and sorting took 10 ms more,
   * of 79. Duplicates are rare, so this pass only counts them.
   */
  collectedNames: (column) => `group_concat(${column}, ', ') as names, count(distinct ${column}) as distinct_names`,
  joinedNames: (count, again) =>
    `case when distinct_names = ${count} then names
      else (select string_agg(name, ', ' order by name) from (select distinct name from (${again}))) end`,
  nullOf: () => "null",
  greatest: (values) => `max(${values.join(", ")})`,
  hoursSince: (timestamp) => `cast((unixepoch() - unixepoch(${timestamp})) / 3600 as integer)`,
  minutesSinceEpoch: (seconds) => `(unixepoch() - ${seconds}) / 60`,
  // The write lock is taken before the plan is read, so no row can change in between.
  rowVersion: () => "null",
  logWatermark: `(select coalesce(max(id), 0) from ${BOOKKEEPING.changeLog})`,
};
