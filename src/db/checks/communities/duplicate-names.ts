import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check } from "../check.ts";

export const duplicateNames: Check = {
  id: "duplicate-names",
  severity: "warning",
  title: "Barangays with the same name in one municipality, each with a community",
  why: "key_barangays lists the name once, and an import by names cannot tell the barangays apart.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select min(b.code) as code, b.name, m.name as municipality, count(*) as barangays, max(b.code) as other_code
         from ${activeCommunities(relations)}
        where not c.is_deleted and ?
        group by m.id, m.name, b.name having count(*) > 1
        order by 1`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: ({ code, figures }) => `obc-sync community show ${code}; obc-sync community show ${figures.other_code}`,
};
