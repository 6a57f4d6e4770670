import { FIELDS, MAX_COMMUNITY_FIGURE } from "../../../core/fields.ts";
import { type Check, coverageCommand, inScope } from "../check.ts";

const beyond = FIELDS.map((field) => `v.${field} > ${MAX_COMMUNITY_FIGURE}`).join(" or ");
const largest = (dialect: "sqlite" | "postgres") =>
  `${dialect === "sqlite" ? "max" : "greatest"}(${FIELDS.map((field) => `coalesce(v.${field}, 0)`).join(", ")})`;

export const beyond32Bits: Check = {
  id: "beyond-32-bits",
  severity: "warning",
  title: "Coverage figures beyond 32 bits",
  why: "No place has two thousand million people: a typing error is in it, and systems that read the table may break.",
  query: (context) =>
    context.knex.raw(
      `select 'municipality' as level, m.code, m.name, ${largest(context.dialect.name)} as largest_figure
         from municipality_coverages v join municipalities m on m.id = v.municipality_id
        where (${beyond}) and not v.is_deleted and ?
       union all
       select 'province', p.code, p.name, ${largest(context.dialect.name)}
         from province_coverages v join provinces p on p.id = v.province_id
        where (${beyond}) and not v.is_deleted and ?
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    ),
  remedy: (finding) => coverageCommand("show", finding),
};
