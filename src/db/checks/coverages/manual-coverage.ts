import { inScope } from "../../places/in-scope.ts";
import { type Check, coverageCommand } from "../check.ts";

export const manualCoverage: Check = {
  id: "manual-coverage",
  severity: "info",
  title: "Manual coverage (auto_sync is off)",
  why: "Sync never changes it. This is the usual reason why a coverage does not follow its communities.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select level, code, name, population as estimated_obc_population, attributed,
              population - attributed as unattributed,
              case when population > 0 then round(100.0 * attributed / population, 1) end as attribution_rate_percent
         from (
           select 'municipality' as level, m.code, m.name, v.estimated_obc_population as population,
                  coalesce((select sum(c.estimated_obc_population) from ${relations.barangays} b
                     join ${relations.obc_communities} c on c.barangay_id = b.id
                    where b.municipality_id = m.id and not c.is_deleted), 0) as attributed
             from ${relations.municipality_coverages} v join ${relations.municipalities} m on m.id = v.municipality_id
            where not v.auto_sync and not v.is_deleted and ?
           union all
           select 'province', p.code, p.name, v.estimated_obc_population,
                  (select case when count(*) = 0 then 0 else sum(x.estimated_obc_population) end
                     from ${relations.municipalities} m
                     join ${relations.municipality_coverages} x on x.municipality_id = m.id
                    where m.province_id = p.id and not x.is_deleted)
             from ${relations.province_coverages} v join ${relations.provinces} p on p.id = v.province_id
            where not v.auto_sync and not v.is_deleted and ?) kept
        order by level, code`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  remedy: (finding) => coverageCommand("auto", finding),
};
