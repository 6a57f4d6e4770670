import type { Catalog } from "../connection/dialect.ts";

export const catalog: Catalog = {
  version: "select 'SQLite ' || sqlite_version() as version",
  databaseName: "select file as name from pragma_database_list where name = 'main'",
  tables: "select name from sqlite_master where type in ('table', 'view')",
  views: "select name from sqlite_master where type = 'view'",
  hiddenTables: "select '' as name, '' as place where false",
  requiredColumns: `select t.name as table_name, c.name, lower(c.type) as type
    from sqlite_master t join pragma_table_info(t.name) c
    where t.type = 'table' and c."notnull" and c.dflt_value is null and c.pk = 0`,
  /** A rowid: SQLite generates one where the value is null. */
  generatedColumns: `select t.name as table_name, c.name, 'null' as value
    from sqlite_master t join pragma_table_info(t.name) c
    where t.type = 'table' and c.pk = 1 and lower(c.type) = 'integer'`,
  /** By the names of types, as SQLite's column affinity is. */
  emptyLiteral(type) {
    if (/bool/.test(type)) return "false";
    if (/char|clob|text/.test(type)) return "''";
    if (/date|time/.test(type)) return "current_timestamp";
    return "0";
  },
  defaultedColumns: `select t.name as table_name, c.name
    from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and c.dflt_value is not null`,
  ownObjects: `select type as kind, name from sqlite_master
    where name like 'obc\\_sync\\_%' escape '\\' and type in ('trigger', 'index', 'table')
      and (type <> 'index' or tbl_name not like 'obc\\_sync\\_%' escape '\\')
    order by case type when 'trigger' then 1 when 'index' then 2 else 3 end, name`,
  indexes: `select t.name as table_name,
      (select group_concat(c.name, ',' order by c.seqno) from pragma_index_info(i.name) c) as columns,
      i.partial
    from sqlite_master t join pragma_index_list(t.name) i where t.type = 'table'`,
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
