import { FIELDS, MAX_COMMUNITY_FIGURE } from "../../../core/fields.ts";
import type { Query } from "../../connection/statements.ts";
import { inScope } from "../../places/in-scope.ts";
import {
  activeCommunities,
  type Check,
  type CheckContext,
  coverageCommand,
  leftOut,
  showCommunity,
  syncPlan,
} from "../check.ts";

export const beyond32Bits: Check = {
  id: "beyond-32-bits",
  severity: "warning",
  title: "Figures of coverages that do not fit in 32 bits; where coverages have 32 bits, the largest figure beneath",
  why: "No place has two billion people: the figure has a typing error, and programs that read it may fail.",
  query(context) {
    const fitsAnyCoverage = context.session.schema.rules.maxFigure <= MAX_COMMUNITY_FIGURE;
    return fitsAnyCoverage ? largestBeneath(context) : stored(context);
  },
  remedy: (finding) =>
    finding.figures.level === "community" ? showCommunity(finding) : coverageCommand("show", finding),
};

function stored(context: CheckContext): Query {
  const { sql, relations } = context;
  const beyond = FIELDS.map((field) => `v.${field} > ${MAX_COMMUNITY_FIGURE}`).join(" or ");
  return sql.raw(
    `select 'municipality' as level, m.code, m.name, ${largest(context, "v")} as largest_figure
       from ${relations.municipality_coverages} v join ${relations.municipalities} m on m.id = v.municipality_id
      where (${beyond}) and not v.is_deleted and ?
     union all
     select 'province', p.code, p.name, ${largest(context, "v")}
       from ${relations.province_coverages} v join ${relations.provinces} p on p.id = v.province_id
      where (${beyond}) and not v.is_deleted and ?
      order by 1, 2`,
    [inScope(context, "municipality", "m.id"), inScope(context, "province", "p.id")],
  );
}

/**
 * The largest figure entered beneath each unit that a sync leaves out: a community, or a manual coverage. No figure is too
 * large by itself there, only the sum is.
 */
function largestBeneath(context: CheckContext): Query {
  const { sql, relations } = context;
  return sql.raw(
    `select distinct level, code, name, largest_figure from (
       select entered.*, row_number() over (
                partition by unit.level, unit.unit_id order by entered.largest_figure desc, entered.code) as place
         from (select plan.level, plan.unit_id, ${leftOut(context)} from ?) unit
         cross join (
           select 'community' as level, b.code, b.name, m.id as municipality_id, m.province_id,
                  ${largest(context, "c")} as largest_figure
             from ${activeCommunities(relations)}
             left join ${relations.municipality_coverages} v on v.municipality_id = m.id
            where not c.is_deleted and coalesce(v.auto_sync and not v.is_deleted, true)
           union all
           select 'municipality', m.code, m.name, m.id, m.province_id, ${largest(context, "v")}
             from ${relations.municipality_coverages} v join ${relations.municipalities} m on m.id = v.municipality_id
            where not v.auto_sync and not v.is_deleted) entered
          where case unit.level when 'municipality' then entered.municipality_id else entered.province_id end = unit.unit_id
            and unit.is_left_out = 1) beneath
      where place = 1
      order by 1, 2`,
    [syncPlan(context)],
  );
}

function largest({ expressions, session }: CheckContext, row: string): string {
  const { blankFields } = session.schema.rules;
  const summed = FIELDS.filter((field) => !blankFields.includes(field));
  return expressions.greatest(summed.map((field) => `coalesce(${row}.${field}, 0)`));
}
