import type { TableName } from "../../schema/schema.ts";
import { ownColumn } from "../../schema/schema.ts";
import type { Check } from "../check.ts";

/** Every reference from a table to the level above, and the expressions that identify a row in a message. */
const REFERENCES: Array<{ table: TableName; column: string; parent: TableName; code: string; name: string }> = [
  { table: "provinces", column: "region_id", parent: "regions", code: "u.code", name: "u.name" },
  { table: "municipalities", column: "province_id", parent: "provinces", code: "u.code", name: "u.name" },
  { table: "barangays", column: "municipality_id", parent: "municipalities", code: "u.code", name: "u.name" },
  record("obc_communities", "barangay_id", "barangays", "coalesce(u.community_names, '')"),
  record("municipality_coverages", "municipality_id", "municipalities", "''"),
  record("province_coverages", "province_id", "provinces", "''"),
];

/** A table whose rows have no code. */
function record(table: TableName, column: string, parent: TableName, name: string) {
  return { table, column, parent, code: `cast(u.${column} as text)`, name };
}

export const hierarchyGaps: Check = {
  id: "hierarchy-gaps",
  severity: "error",
  title: "Rows whose parent in the hierarchy is missing",
  why: "No total includes what is beneath the row. The usual cause is loading tables with foreign keys disabled.",
  query: ({ session: { schema } }) => {
    const gaps = REFERENCES.map(({ table, column, parent, code, name }) => {
      const base = schema.tables[table];
      return `select ${code} as code, ${name} as name, '${base.name}' as "table", '${ownColumn(base, column)}' as "column",
                u.${column} as parent_id
           from ${schema.relations[table]} u left join ${schema.relations[parent]} p on p.id = u.${column} where p.id is null`;
    });
    return { sql: `${gaps.join(" union all ")} order by 3, 1`, bindings: [] };
  },
  remedy: ({ figures }) =>
    /coverages|communities/.test(String(figures.table))
      ? `delete from ${figures.table} where ${figures.column} = ${figures.parent_id};`
      : "obc-sync import geography",
};
