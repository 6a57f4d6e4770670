import type { Catalog } from "../dialect/catalog.ts";

export const catalog: Catalog = {
  version: "select 'SQLite ' || sqlite_version() as version",
  databaseName: "select file as name from pragma_database_list where name = 'main'",
  tables: "select name from sqlite_master where type in ('table', 'view')",
  views: "select name from sqlite_master where type = 'view'",
  hiddenTables: "select '' as name, '' as place where false",
  /**
   * Django declares JSON as text with a CHECK. A primary key that is no rowid is left out. SQLite generates a rowid where the
   * value is null, also if it is declared as NOT NULL. Definitions and keys are looked through once for each table: doing so
   * for each column took ten times as long.
   */
  columns: `with tables as materialized (
      select name, sql, instr(sql, 'JSON_VALID(') as has_json from sqlite_master where type = 'table'),
    keys as materialized (
      select t.name as table_name, f."from" as name, 0 as is_unique, 1 as is_reference
        from tables t join pragma_foreign_key_list(t.name) f
      union all
      select t.name, (select group_concat(k.name) from pragma_index_info(i.name) k), 1, 0
        from tables t join pragma_index_list(t.name) i where i."unique")
    select t.name as table_name, c.name,
      case when t.has_json and instr(t.sql, 'JSON_VALID("' || c.name || '")') then 'json' else lower(c.type) end as type,
      c.dflt_value as expression, c."notnull" and c.dflt_value is null and c.pk = 0 as is_required,
      coalesce(max(k.is_unique), 0) as is_unique, coalesce(max(k.is_reference), 0) as is_reference
    from tables t join pragma_table_info(t.name) c
    left join keys k on k.table_name = t.name and k.name = c.name
    where c.pk = 0 or (c.pk = 1 and lower(c.type) = 'integer') group by t.name, c.name`,
  /** By the names of types, as SQLite's column affinity is. Django's char(32) is a UUID, char(39) an IP address. */
  emptyLiteral(type) {
    if (/bool/.test(type)) return "false";
    if (/^json/.test(type)) return "'{}'";
    if (/varchar|clob|text/.test(type)) return "''";
    if (/^(datetime|timestamp)/.test(type)) return "current_timestamp";
    if (/^date/.test(type)) return "current_date";
    if (/^time/.test(type)) return "current_time";
    if (/int|real|floa|doub|decimal|numeric/.test(type)) return "0";
    return /^blob/.test(type) ? "x''" : null;
  },
  defaultedColumns: `select t.name as table_name, c.name
    from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and c.dflt_value is not null`,
  ownObjects: `select type as kind, name, null as owner from sqlite_master
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
