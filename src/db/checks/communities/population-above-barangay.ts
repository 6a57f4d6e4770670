import { inScope } from "../../places/in-scope.ts";
import { activeCommunities, type Check, showCommunity } from "../check.ts";

export const populationAboveBarangay: Check = {
  id: "population-above-barangay",
  severity: "warning",
  title: "Community larger than its barangay",
  why: "One of the two figures is wrong: it has an extra digit, or belongs to another place.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select b.code, b.name, m.name as municipality, c.estimated_obc_population, b.population as barangay_population
         from ${activeCommunities(relations)}
        where not c.is_deleted and c.estimated_obc_population > b.population and ?
        order by c.estimated_obc_population - b.population desc, b.code`,
      [inScope(context, "municipality", "m.id")],
    );
  },
  remedy: showCommunity,
};
