import type { TableName } from "../../schema/schema.ts";
import { ownColumn } from "../../schema/schema.ts";
import type { Check } from "../check.ts";

/** A reference from a table to the level above, and the expressions that identify a row in a message. */
interface Reference {
  table: TableName;
  column: string;
  parent: TableName;
  code: string;
  name: string;
  /** Whether the row is a community or a coverage, not a place. */
  isRecord: boolean;
}

const REFERENCES: readonly Reference[] = [
  place("provinces", "region_id", "regions"),
  place("municipalities", "province_id", "provinces"),
  place("barangays", "municipality_id", "municipalities"),
  record("obc_communities", "barangay_id", "barangays", "coalesce(u.community_names, '')"),
  record("municipality_coverages", "municipality_id", "municipalities", "''"),
  record("province_coverages", "province_id", "provinces", "''"),
];

function place(table: TableName, column: string, parent: TableName): Reference {
  return { table, column, parent, code: "u.code", name: "u.name", isRecord: false };
}

/** A table whose rows have no code. */
function record(table: TableName, column: string, parent: TableName, name: string): Reference {
  return { table, column, parent, code: `cast(u.${column} as text)`, name, isRecord: true };
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
  remedy: ({ figures }, { isOwn, tables }) => {
    const reference = REFERENCES.find(({ table }) => tables[table].name === figures.table) as Reference;
    if (reference.isRecord) return `delete from ${figures.table} where ${figures.column} = ${figures.parent_id};`;
    if (isOwn) return "obc-sync import geography";
    const parent = tables[reference.parent].name;
    return `restore row ${figures.parent_id} of ${parent}, or give ${figures.column} of ${figures.table} the id of another row of ${parent}`;
  },
};
