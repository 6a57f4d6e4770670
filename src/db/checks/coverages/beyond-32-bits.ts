import { FIELDS, MAX_COMMUNITY_FIGURE } from "../../../core/fields.ts";
import { type Check, coverageCommand, inScope } from "../check.ts";

const beyond = FIELDS.map((field) => `v.${field} > ${MAX_COMMUNITY_FIGURE}`).join(" or ");
const figures = FIELDS.map((field) => `coalesce(v.${field}, 0)`);

export const beyond32Bits: Check = {
  id: "beyond-32-bits",
  severity: "warning",
  title: "Coverage figures that do not fit in 32 bits",
  why: "No place has two billion people: the figure has a typing error, and programs that read it may fail.",
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
