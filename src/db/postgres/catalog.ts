import type { Catalog } from "../dialect/catalog.ts";

export const catalog: Catalog = {
  version: "select 'PostgreSQL ' || current_setting('server_version') as version",
  databaseName: "select current_database()::text as name",
  tables:
    "select relname::text as name from pg_class where relkind in ('r', 'p', 'v', 'm', 'f') and pg_table_is_visible(oid)",
  views: "select relname::text as name from pg_class where relkind in ('v', 'm', 'f') and pg_table_is_visible(oid)",
  hiddenTables: `select c.relname::text as name, n.nspname::text as place
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not pg_table_is_visible(c.oid)`,
  /** An identity column has no default, but a sequence. A question mark in a default is no placeholder. */
  columns: `select c.relname::text as table_name, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
      case a.attidentity
        when 'd' then format('nextval(%L::regclass)', pg_get_serial_sequence(c.oid::regclass::text, a.attname))
        else replace(pg_get_expr(d.adbin, d.adrelid), chr(63), chr(92) || chr(63)) end as expression,
      (a.attnotnull and not a.atthasdef and a.attidentity = '')::integer as is_required,
      ((c.oid, a.attnum) in (
         select indrelid, indkey[0] from pg_index where indisunique and indnkeyatts = 1))::integer as is_unique,
      ((c.oid, a.attnum) in (
         select conrelid, unnest(conkey) from pg_constraint where contype = 'f'))::integer as is_reference
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p') and pg_table_is_visible(c.oid) and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity <> 'a'`,
  emptyLiteral(type) {
    if (type.endsWith("[]")) return "'{}'";
    return EMPTY_LITERALS[type.replace(/\(.*?\)/, "")] ?? null;
  },
  defaultedColumns: `select c.relname::text as table_name, a.attname::text as name
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and pg_table_is_visible(c.oid) and a.attnum > 0 and not a.attisdropped and a.atthasdef`,
  ownObjects: `select kind, name, case when not pg_has_role(owner, 'usage') then pg_get_userbyid(owner)::text end as owner
    from (
      select 'function' as kind, proname::text as name, proowner as owner, 1 as position from pg_proc
       where proname like 'obc\\_sync\\_%' and pg_function_is_visible(oid)
      union all
      select 'index', c.relname::text, c.relowner, 2 from pg_index i
        join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
       where c.relname like 'obc\\_sync\\_%' and t.relname not like 'obc\\_sync\\_%' and pg_table_is_visible(c.oid)
      union all
      select 'table', relname::text, relowner, 3 from pg_class
       where relname like 'obc\\_sync\\_%' and relkind = 'r' and pg_table_is_visible(oid)) own
    order by position, name`,
  indexes: `select t.relname as table_name, string_agg(a.attname, ',' order by k.position) as columns,
      case when i.indpred is null then 0 else 1 end as partial
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    cross join lateral unnest(i.indkey::int2[]) with ordinality k (number, position)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
    where i.indisvalid and pg_table_is_visible(t.oid)
    group by i.indexrelid, i.indpred is null, t.relname`,
  explain: "explain",
  /** PostgreSQL indents the steps itself. */
  planSteps: (rows) => rows.map((row) => String(row["QUERY PLAN"])),
  /** The name after "Seq Scan on": in "Seq Scan on barangays barangay", the table. */
  scannedTable: (step) => /\bSeq Scan on (\w+)/.exec(step)?.[1] ?? null,
};

/** By the name of the type. A UUID, an interval, an address or a range has no empty value, and neither has an enum. */
const EMPTY_LITERALS: Record<string, string> = {
  boolean: "false",
  ...ofEach(["smallint", "integer", "bigint", "numeric", "real", "double precision"], "0"),
  ...ofEach(["text", "character varying", "citext", "bytea"], "''"),
  ...ofEach(["json", "jsonb"], "'{}'"),
  ...ofEach(["timestamp with time zone", "timestamp without time zone"], "current_timestamp"),
  date: "current_date",
  ...ofEach(["time with time zone", "time without time zone"], "localtime"),
};

function ofEach(types: readonly string[], literal: string): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, literal]));
}
