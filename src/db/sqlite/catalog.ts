import type { Catalog } from "../connection/dialect.ts";

export const catalog: Catalog = {
  version: "select 'SQLite ' || sqlite_version() as version",
  indexes: `select t.name as table_name,
      (select group_concat(c.name, ',' order by c.seqno) from pragma_index_info(i.name) c) as columns
    from sqlite_master t join pragma_index_list(t.name) i where t.type = 'table' and not i.partial`,
  explain: "explain query plan",
  /** Each row has the id of its parent step. */
  planSteps(rows) {
    const depths = new Map<unknown, number>();
    return rows.map(({ id, parent, detail }) => {
      const depth = (depths.get(parent) ?? -1) + 1;
      depths.set(id, depth);
      return "  ".repeat(depth) + detail;
    });
  },
  /** "SCAN barangay USING INDEX ..." */
  scannedTable: (step) => /^ *SCAN (\w+)/.exec(step)?.[1] ?? null,
};
