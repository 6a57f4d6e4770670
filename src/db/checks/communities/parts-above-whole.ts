import { AGE_GROUPS, type Field } from "../../../core/fields.ts";
import { activeCommunities, type Check, inScope, showCommunity } from "../check.ts";

/** Each is a count of some of the people, or of groups of at least one. */
const PARTS: readonly Field[] = ["women_count", ...AGE_GROUPS, "households"];

export const partsAboveWhole: Check = {
  id: "parts-above-whole",
  severity: "warning",
  title: "Parts that exceed the population (women, an age group, households)",
  why: "Shares computed from such a row pass 100 %, and one such row can spoil a province's.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select b.code, b.name, c.estimated_obc_population, ${PARTS.map((part) => `c.${part}`).join(", ")}
         from ${activeCommunities(relations)}
        where not c.is_deleted and (${PARTS.map((part) => `c.${part} > c.estimated_obc_population`).join(" or ")}) and ?
        order by b.code`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: showCommunity,
};
