import type { Expressions } from "../connection/dialect.ts";

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
  collected: (column) => `json_group_array(${column})`,
  joinedDistinct: (collected) =>
    `(select string_agg(value, ', ' order by value) from (select distinct value from json_each(${collected})))`,
  nullOf: () => "null",
  greatest: (values) => `max(${values.join(", ")})`,
  hoursSince: (timestamp) => `cast((unixepoch() - unixepoch(${timestamp})) / 3600 as integer)`,
  minutesSinceEpoch: (seconds) => `(unixepoch() - ${seconds}) / 60`,
  // The write lock is taken before the plan is read: nobody can change a row in between.
  rowVersion: () => "null",
  logWatermark: "''",
};
