import { type Check, hoursSince } from "./check.ts";

/** A nightly sync may fail once before anyone is told. */
const TOO_LONG_HOURS = 48;

export const lastSync: Check = {
  id: "last-sync",
  severity: "warning",
  title: `No sync for more than ${TOO_LONG_HOURS} hours`,
  why: "What should sync regularly (cron, watch) most likely does not run any more.",
  query: (context) =>
    context.knex.raw(
      `select 'sync_runs' as code, 'the newest run' as name, hours as hours_since, communities
         from (select (select count(*) from obc_communities where not is_deleted) as communities,
                      (select ${hoursSince(context, "max(finished_at)")} from sync_runs) as hours) newest
        where communities > 0 and (hours is null or hours > ?)`,
      [TOO_LONG_HOURS],
    ),
  remedy: () => "obc-sync sync",
};
