import { inScope } from "../../places/in-scope.ts";
import { type Check, coverageCommand } from "../check.ts";

export const archivedCoverage: Check = {
  id: "archived-coverage",
  severity: "error",
  title: "Archived coverage of a unit that has active communities",
  why: "Its communities are not counted, neither in the unit nor in the province above it.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select 'municipality' as level, m.code, m.name, count(*) as communities,
              sum(c.estimated_obc_population) as estimated_obc_population
         from ${relations.municipality_coverages} v
         join ${relations.municipalities} m on m.id = v.municipality_id
         join ${relations.barangays} b on b.municipality_id = m.id
         join ${relations.obc_communities} c on c.barangay_id = b.id
        where v.is_deleted and not c.is_deleted and ?
        group by m.id, m.code, m.name
       union all
       select 'province', p.code, p.name, sum(x.total_obc_communities), sum(x.estimated_obc_population)
         from ${relations.province_coverages} v
         join ${relations.provinces} p on p.id = v.province_id
         join ${relations.municipalities} m on m.province_id = p.id
         join ${relations.municipality_coverages} x on x.municipality_id = m.id
        where v.is_deleted and not x.is_deleted and x.total_obc_communities > 0 and ?
        group by p.id, p.code, p.name
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  remedy: (finding) => coverageCommand("restore", finding),
};
