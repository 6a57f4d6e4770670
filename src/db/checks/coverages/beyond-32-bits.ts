import { FIELDS, MAX_COMMUNITY_FIGURE } from "../../../core/fields.ts";
import { type Check, coverageCommand, inScope } from "../check.ts";

const beyond = FIELDS.map((field) => `v.${field} > ${MAX_COMMUNITY_FIGURE}`).join(" or ");
const figures = FIELDS.map((field) => `coalesce(v.${field}, 0)`);

export const beyond32Bits: Check = {
  id: "beyond-32-bits",
  severity: "warning",
  title: "Coverage figures beyond 32 bits",
  why: "No place has two thousand million people: a typing error is in it, and systems that read the table may break.",
  query: (context) => {
    const { sql, relations } = context;
    return sql.raw(
      `select 'municipality' as level, m.code, m.name, ${context.expressions.greatest(figures)} as largest_figure
         from ${relations.municipality_coverages} v join ${relations.municipalities} m on m.id = v.municipality_id
        where (${beyond}) and not v.is_deleted and ?
       union all
       select 'province', p.code, p.name, ${context.expressions.greatest(figures)}
         from ${relations.province_coverages} v join ${relations.provinces} p on p.id = v.province_id
        where (${beyond}) and not v.is_deleted and ?
        order by 1, 2`,
      [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
    );
  },
  remedy: (finding) => coverageCommand("show", finding),
};
