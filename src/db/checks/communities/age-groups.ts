import { AGE_GROUPS } from "../../../core/fields.ts";
import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check, showCommunity } from "../check.ts";

/** Null if any group is blank: such a community is not reported. */
const SUM = AGE_GROUPS.map((group) => `c.${group}`).join(" + ");

export const ageGroups: Check = {
  id: "age-groups",
  severity: "warning",
  title: "Age groups that do not add up to the population",
  why: "A group or the population is wrong, and programmes for an age group are planned with these figures.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select b.code, b.name, c.estimated_obc_population, ${SUM} as age_groups_together
         from ${activeCommunities(relations)}
        where not c.is_deleted and ${SUM} <> c.estimated_obc_population and ?
        order by abs(${SUM} - c.estimated_obc_population) desc, b.code`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: showCommunity,
};
