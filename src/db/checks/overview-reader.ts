import type { RegionOverview } from "../../core/diagnosis/analysis.ts";
import { FIELDS } from "../../core/fields.ts";
import { read } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";
import type { CheckContext } from "./check.ts";

/** Summarizes each region, in one statement. */
export async function readOverview(context: CheckContext): Promise<RegionOverview[]> {
  const { session, sql, relations } = context;
  const filled = FIELDS.map((field) => `count(c.${field})`).join(" + ");
  const rows = await read<Record<keyof RegionOverview | "with_communities" | "covered" | "filled", string | number>>(
    session,
    "read",
    sql.raw(
      `with units as (
         select m.id, m.province_id, n.communities, n.population, n.filled,
                v.municipality_id is not null and not v.is_deleted as covered
           from ${relations.municipalities} m
           left join (select b.municipality_id, count(*) as communities,
                             sum(c.estimated_obc_population) as population, ${filled} as filled
                        from ${relations.barangays} b join ${relations.obc_communities} c on c.barangay_id = b.id
                       where not c.is_deleted group by b.municipality_id) n on n.municipality_id = m.id
           left join ${relations.municipality_coverages} v on v.municipality_id = m.id
          where ?)
       select r.code, r.name, count(distinct p.id) as provinces, count(*) as municipalities,
              coalesce(sum(u.communities), 0) as communities, coalesce(sum(u.population), 0) as population,
              coalesce(sum(u.filled), 0) as filled, count(u.communities) as with_communities,
              count(case when u.communities > 0 and u.covered then 1 end) as covered
         from units u
         join ${relations.provinces} p on p.id = u.province_id
         join ${relations.regions} r on r.id = p.region_id
        group by r.id, r.code, r.name order by r.code`,
      [inScope(context, "municipality", "m.id")],
    ),
  );
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return rows.map((row) => ({
    code: String(row.code),
    name: String(row.name),
    provinces: Number(row.provinces),
    municipalities: Number(row.municipalities),
    communities: Number(row.communities),
    population: Number(row.population),
    coverageShare: share(Number(row.covered), Number(row.with_communities)),
    completeness: share(Number(row.filled), Number(row.communities) * FIELDS.length),
  }));
}
