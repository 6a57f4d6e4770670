import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check } from "../check.ts";

export const archivedCommunities: Check = {
  id: "archived-communities",
  severity: "info",
  title: "Archived communities",
  why: "No total counts them. If one was archived by mistake, every total above it is too small.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select b.code, b.name, m.name as municipality, c.estimated_obc_population,
              ${context.expressions.hoursSince("c.deleted_at")} as hours_since
         from ${activeCommunities(relations)} where c.is_deleted and ? order by b.code`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: ({ code }) => `obc-sync community restore ${code}`,
};
