/** What each database says of itself: its version, its indexes, its triggers, its query plans. */
import type { Knex } from "knex";
import type { Dialect } from "./connection/dialect.ts";
import { send } from "./connection/statement-log.ts";
import { TABLES } from "./schema/tables.ts";

interface Catalog {
  version: string;
  /** table_name, columns: one row an index, its columns joined with commas, in order. */
  indexes: string;
  explain: string;
}

export const CATALOGS: Record<Dialect["name"], Catalog> = {
  sqlite: {
    version: "select 'SQLite ' || sqlite_version() as version",
    indexes: `select t.name as table_name,
        (select group_concat(c.name, ',' order by c.seqno) from pragma_index_info(i.name) c) as columns
      from sqlite_master t join pragma_index_list(t.name) i where t.type = 'table' and not i.partial`,
    explain: "explain query plan",
  },
  postgres: {
    version: "select 'PostgreSQL ' || current_setting('server_version') as version",
    indexes: `select t.relname as table_name, string_agg(a.attname, ',' order by k.position) as columns
      from pg_index i
      join pg_class t on t.oid = i.indrelid
      cross join lateral unnest(i.indkey::int2[]) with ordinality k (number, position)
      join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
      where i.indisvalid and i.indpred is null and pg_table_is_visible(t.oid)
      group by i.indexrelid, t.relname`,
    explain: "explain",
  },
};

export async function readVersion(transaction: Knex.Transaction, dialect: Dialect): Promise<string> {
  const query = transaction.raw(CATALOGS[dialect.name].version);
  const [row] = await send<{ version: string }>(transaction, "bookkeeping", query);
  return row?.version ?? dialect.name;
}

/** How many rows each table has, in one read. */
export async function countRows(transaction: Knex.Transaction): Promise<Record<string, number>> {
  const counts = Object.values(TABLES).map((table) => `(select count(*) from ${table}) as ${table}`);
  const query = transaction.raw(`select ${counts.join(", ")}`);
  const [row] = await send<Record<string, number | string>>(transaction, "bookkeeping", query);
  return Object.fromEntries(Object.entries(row ?? {}).map(([table, count]) => [table, Number(count)]));
}
