import { lastCheck } from "../../capture/heartbeat.ts";
import { BOOKKEEPING } from "../../schema/bookkeeping.ts";
import type { Check } from "../check.ts";

export const lastSync: Check = {
  id: "last-sync",
  severity: "warning",
  title: "Latest successful sync too long ago, or none",
  why: "Most likely the scheduled sync (cron or watch) no longer runs. One that finds nothing to do counts. --max-age sets the hours allowed.",
  query: ({ expressions, relations, bookkeeping, maxAgeHours }) => ({
    sql: `select '${BOOKKEEPING.runs}' as code, 'the newest sync' as name, hours as hours_since, allowed as hours_allowed, communities
       from (select (select count(*) from ${relations.obc_communities} c where not is_deleted) as communities,
                    ${expressions.hoursSince(lastCheck(bookkeeping))} as hours,
                    cast(? as bigint) as allowed) newest
      where communities > 0 and (hours is null or hours >= allowed)`,
    bindings: [maxAgeHours],
  }),
  remedy: () => "obc-sync sync",
};
