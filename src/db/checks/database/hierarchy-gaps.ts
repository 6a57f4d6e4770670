import type { Check } from "../check.ts";

export const hierarchyGaps: Check = {
  id: "hierarchy-gaps",
  severity: "error",
  title: "Rows whose parent in the hierarchy is missing",
  why: "Nothing beneath such a row reaches a total; it comes of loading tables with foreign keys switched off.",
  query: ({ knex }) =>
    knex.raw(
      `select u.code, u.name, 'provinces' as "table", 'region_id' as "column", u.region_id as parent_id
         from provinces u left join regions p on p.id = u.region_id where p.id is null
       union all
       select u.code, u.name, 'municipalities', 'province_id', u.province_id
         from municipalities u left join provinces p on p.id = u.province_id where p.id is null
       union all
       select u.code, u.name, 'barangays', 'municipality_id', u.municipality_id
         from barangays u left join municipalities p on p.id = u.municipality_id where p.id is null
       union all
       select cast(c.barangay_id as text), coalesce(c.community_names, ''), 'obc_communities', 'barangay_id', c.barangay_id
         from obc_communities c left join barangays p on p.id = c.barangay_id where p.id is null
       union all
       select cast(v.municipality_id as text), '', 'municipality_coverages', 'municipality_id', v.municipality_id
         from municipality_coverages v left join municipalities p on p.id = v.municipality_id where p.id is null
       union all
       select cast(v.province_id as text), '', 'province_coverages', 'province_id', v.province_id
         from province_coverages v left join provinces p on p.id = v.province_id where p.id is null
        order by 3, 1`,
    ),
  remedy: ({ figures }) =>
    /coverages|communities/.test(String(figures.table))
      ? `delete from ${figures.table} where ${figures.column} = ${figures.parent_id};`
      : "obc-sync import geography",
};
