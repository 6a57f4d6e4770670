import type { Expressions } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

export const expressions: Expressions = {
  byCodePoint: (column) => column,
  idsFromJson: "(select value as id from json_each(?))",
  among: (column) => `${column} in (select value from json_each(?))`,
  boundIds: (ids) => JSON.stringify(ids),
  rowsFromJson: (columns) =>
    `(select ${columns.map(([name], index) => `value ->> ${index} as ${name}`).join(", ")} from json_each(?))`,
  jsonArrayOf: (column) => `json_group_array(${column})`,
  jsonObject: (pairs) => `json_object(${pairs.join(", ")})`,
  asText: (json) => json,
  /** The index over municipality and name has them in this order, so that nothing is sorted. */
  orderedForNames: (query) => query.orderBy(["municipality_id", "name"]),
  /**
   * Names come in order and are joined as they come: collecting them as JSON, removing doubled ones and sorting took
   * 10 ms more of 79. Doubled names are rare; only their number is counted in the same pass.
   */
  collectedNames: (column) => `group_concat(${column}, ', ') as names, count(distinct ${column}) as distinct_names`,
  joinedNames: (count, again) =>
    `case when distinct_names = ${count} then names
      else (select string_agg(name, ', ' order by name) from (select distinct name from (${again}))) end`,
  nullOf: () => "null",
  greatest: (values) => `max(${values.join(", ")})`,
  hoursSince: (timestamp) => `cast((unixepoch() - unixepoch(${timestamp})) / 3600 as integer)`,
  minutesSinceEpoch: (seconds) => `(unixepoch() - ${seconds}) / 60`,
  // The write lock is taken before the plan is read: nobody can change a row in between.
  rowVersion: () => "null",
  logWatermark: `(select coalesce(max(id), 0) from ${BOOKKEEPING.changeLog})`,
};
