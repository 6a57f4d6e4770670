import { inScope } from "../../places/in-scope.ts";
import { type Check, coverageCommand, syncUnit } from "../check.ts";

export const coverageWithoutCommunities: Check = {
  id: "coverage-without-communities",
  severity: "warning",
  title: "Coverage of a unit that has no communities",
  why: "Reports list it as a place with communities, with figures that are 0 or out of date.",
  query: (context) => {
    const { sql, relations } = context;
    // Where archived communities have coverages too, a sync makes those of zeros.
    const { coversArchived } = context.session.schema.rules;
    const counts = coversArchived ? "true" : "not c.is_deleted";
    const archivedInProvince = `exists (
      select 1 from ${relations.municipalities} m join ${relations.barangays} b on b.municipality_id = m.id
        join ${relations.obc_communities} c on c.barangay_id = b.id where m.province_id = p.id)`;
    return sql.raw(
      `select 'municipality' as level, m.code, m.name, v.total_obc_communities, v.estimated_obc_population
         from ${relations.municipality_coverages} v join ${relations.municipalities} m on m.id = v.municipality_id
        where v.auto_sync and not v.is_deleted and ? and not exists (
          select 1 from ${relations.barangays} b join ${relations.obc_communities} c on c.barangay_id = b.id
           where b.municipality_id = m.id and ${counts})
       union all
       select 'province', p.code, p.name, v.total_obc_communities, v.estimated_obc_population
         from ${relations.province_coverages} v join ${relations.provinces} p on p.id = v.province_id
        where v.auto_sync and not v.is_deleted and ? and not exists (
          select 1 from ${relations.municipalities} m join ${relations.municipality_coverages} x on x.municipality_id = m.id
           where m.province_id = p.id and not x.is_deleted)
          ${coversArchived ? `and not ${archivedInProvince}` : ""}
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  // A sync sets the figures to 0. A coverage that is already 0 can be archived.
  remedy: (finding) =>
    Number(finding.figures.total_obc_communities) > 0 ? syncUnit(finding) : coverageCommand("archive", finding),
};
