import { inScope } from "../../places/in-scope.ts";
import type { Check } from "../check.ts";

export const unsyncedChanges: Check = {
  id: "unsynced-changes",
  severity: "warning",
  title: "Logged changes that are not synced yet",
  why: "Until they are synced, coverages are out of date. If they are old, no scheduled sync is running.",
  countedFigure: "entries",
  query: (context) => {
    const { sql, expressions, relations, bookkeeping } = context;
    const age = expressions.minutesSinceEpoch("min(l.changed_at)");
    return sql.raw(
      `select * from (
         select 'municipality' as level, m.code, m.name, count(*) as entries, ${age} as oldest_minutes
           from ${bookkeeping.changeLog} l
           left join ${relations.barangays} b on b.id = l.barangay_id
           join ${relations.municipalities} m on m.id = coalesce(l.municipality_id, b.municipality_id)
          where ?
          group by m.id, m.code, m.name
         union all
         select 'province', p.code, p.name, count(*), ${age}
           from ${bookkeeping.changeLog} l join ${relations.provinces} p on p.id = l.province_id
          where ?
          group by p.id, p.code, p.name) logged
        order by oldest_minutes desc, level, code`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  remedy: () => "obc-sync sync --changed",
};
