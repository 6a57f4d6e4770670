import { FIELDS } from "../../../core/fields.ts";
import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check } from "../check.ts";

/** A share of fewer communities is not meaningful. */
const LEAST_COMMUNITIES = 10;

export const blankFields: Check = {
  id: "blank-fields",
  severity: "info",
  title: "Fields that more than half of a region's communities leave blank",
  why: "Sync skips blanks, so the total of the field is much too small, although it looks plausible.",
  query: (context) => {
    const { relations } = context;
    const counts = FIELDS.map((field) => `count(c.${field}) as ${field}`).join(", ");
    const rows = FIELDS.map(
      (field) => `select code, name, '${field}' as field, communities, ${field} as filled from counts`,
    );
    return context.sql.raw(
      `with counts as (
         select r.code, r.name, count(*) as communities, ${counts}
           from ${activeCommunities(relations)}
           join ${relations.provinces} p on p.id = m.province_id join ${relations.regions} r on r.id = p.region_id
          where not c.is_deleted and ?
          group by r.code, r.name having count(*) >= ${LEAST_COMMUNITIES})
       select code, name, field, communities, communities - filled as blank,
              round(100.0 * (communities - filled) / communities, 1) as blank_percent
         from (${rows.join(" union all ")}) fields
        where filled * 2 < communities
        order by code, blank_percent desc, field`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: ({ code }) => `obc-sync import communities --template region-${code}.csv --region ${code}`,
};
