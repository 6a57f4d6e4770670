import { ACTIVE_COMMUNITIES, type Check, inScope, syncUnit } from "../check.ts";

export const missingCoverage: Check = {
  id: "missing-coverage",
  severity: "error",
  title: "No coverage, although there are communities",
  why: "The unit is absent from every report that reads coverages, and from the sums above it.",
  query: (context) =>
    context.knex.raw(
      `select 'municipality' as level, m.code, m.name, count(*) as communities,
              sum(c.estimated_obc_population) as estimated_obc_population
         from ${ACTIVE_COMMUNITIES}
         left join municipality_coverages v on v.municipality_id = m.id
        where not c.is_deleted and v.municipality_id is null and ?
        group by m.id, m.code, m.name
       union all
       select 'province', p.code, p.name, sum(n.communities), sum(n.population)
         from (select m.province_id, count(*) as communities, sum(c.estimated_obc_population) as population
                 from ${ACTIVE_COMMUNITIES} where not c.is_deleted group by m.province_id) n
         join provinces p on p.id = n.province_id
         left join province_coverages v on v.province_id = p.id
        where v.province_id is null and ?
        group by p.id, p.code, p.name
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    ),
  remedy: syncUnit,
};
