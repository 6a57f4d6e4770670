import type { Distribution } from "../../schema/schema.ts";

/**
 * The body of a trigger on distributed communities. It runs on each shard that a statement writes, where it may read no
 * table of the coordinator. Of the log it writes the shard with the same range of barangays, which is on the same node.
 *
 * @param rows the transition table
 * @param barangay the column
 */
export function logOnShard({ communityLog }: Distribution, rows: "new_rows" | "old_rows", barangay: string): string {
  return `execute coalesce((
      select format('insert into %I.%I select ${barangay}, extract(epoch from now())::integer, pg_current_xact_id()::text::bigint from ${rows}',
               tg_table_schema, '${communityLog}_' || log.shardid)
        from pg_dist_shard shard
        join pg_dist_shard log on log.shardminvalue = shard.shardminvalue
       where shard.shardid = substring(tg_table_name from '[0-9]+$')::bigint
         and log.logicalrelid = to_regclass(format('%I.${communityLog}', tg_table_schema))
         and exists (select from pg_catalog.pg_attribute where attrelid = tg_relid and attname = '${barangay}')), 'select');`;
}
