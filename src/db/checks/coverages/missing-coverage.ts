import { activeCommunities, type Check, inScope, syncUnit } from "../check.ts";

export const missingCoverage: Check = {
  id: "missing-coverage",
  severity: "error",
  title: "Unit that has communities and no coverage",
  why: "Reports that read coverages do not show the unit, and the totals above it do not include it.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select 'municipality' as level, m.code, m.name, count(*) as communities,
              sum(c.estimated_obc_population) as estimated_obc_population
         from ${activeCommunities(relations)}
         left join ${relations.municipality_coverages} v on v.municipality_id = m.id
        where not c.is_deleted and v.municipality_id is null and ?
        group by m.id, m.code, m.name
       union all
       select 'province', p.code, p.name, sum(n.communities), sum(n.population)
         from (select m.province_id, count(*) as communities, sum(c.estimated_obc_population) as population
                 from ${activeCommunities(relations)} where not c.is_deleted group by m.province_id) n
         join ${relations.provinces} p on p.id = n.province_id
         left join ${relations.province_coverages} v on v.province_id = p.id
        where v.province_id is null and ?
        group by p.id, p.code, p.name
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  remedy: syncUnit,
};
