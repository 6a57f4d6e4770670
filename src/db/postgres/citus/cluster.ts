import type { Cluster } from "../../dialect/cluster.ts";

export const cluster: Cluster = {
  extension: "select extversion as version from pg_extension where extname = 'citus'",
  nodes: `select (count(*) filter (where shouldhaveshards))::integer as nodes,
      coalesce(bool_or(groupid = 0), false) as has_copies,
      (select groupid = 0 from pg_dist_local_group) as is_coordinator
    from pg_dist_node where isactive`,
  isDistributed: "select 1 as found from pg_dist_partition where logicalrelid = to_regclass(?) and partmethod = 'h'",
};
