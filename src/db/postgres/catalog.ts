import type { Catalog } from "../connection/dialect.ts";

export const catalog: Catalog = {
  version: "select 'PostgreSQL ' || current_setting('server_version') as version",
  indexes: `select t.relname as table_name, string_agg(a.attname, ',' order by k.position) as columns
    from pg_index i
    join pg_class t on t.oid = i.indrelid
    cross join lateral unnest(i.indkey::int2[]) with ordinality k (number, position)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
    where i.indisvalid and i.indpred is null and pg_table_is_visible(t.oid)
    group by i.indexrelid, t.relname`,
  explain: "explain",
  /** PostgreSQL indents the steps itself. */
  planSteps: (rows) => rows.map((row) => String(row["QUERY PLAN"])),
  /** The name after "Seq Scan on": in "Seq Scan on barangays barangay", the table. */
  scannedTable: (step) => /\bSeq Scan on (\w+)/.exec(step)?.[1] ?? null,
};
