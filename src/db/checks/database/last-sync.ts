import { type Check, hoursSince } from "../check.ts";

export const lastSync: Check = {
  id: "last-sync",
  severity: "warning",
  title: "Last successful sync too long ago, or none at all",
  why: "What should sync regularly (cron, watch) most likely does not run any more; --max-age sets the hours allowed.",
  query: (context) =>
    context.knex.raw(
      `select 'sync_runs' as code, 'the newest run' as name, hours as hours_since, allowed as hours_allowed, communities
         from (select (select count(*) from obc_communities where not is_deleted) as communities,
                      (select ${hoursSince(context, "max(finished_at)")} from sync_runs) as hours,
                      cast(? as bigint) as allowed) newest
        where communities > 0 and (hours is null or hours >= allowed)`,
      [context.maxAgeHours],
    ),
  remedy: () => "obc-sync sync",
};
