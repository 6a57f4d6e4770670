import type { Field } from "../../../core/fields.ts";
import { type Check, hoursSince, syncPlan, syncUnit } from "../check.ts";

/** Which columns differ, by name: it need not be the population, which is shown. */
function differences(fields: readonly Field[]): string {
  const named = ["names", "total_municipalities", "total_obc_communities", ...fields].map(
    (column) => `case when plan.${column} is distinct from plan.stored_${column} then ', ${column}' else '' end`,
  );
  // Without the comma before the first.
  return `substr(${named.join(" || ")}, 3) as differs_in`;
}

export const staleCoverage: Check = {
  id: "stale-coverage",
  severity: "error",
  title: "Coverage differs from what is beneath it",
  why: "Its figures are those of an earlier day, and every decision that rests on them is too.",
  // What sync would update is what is stale.
  query: (context) =>
    context.knex
      .select("plan.level", "plan.code", "plan.name", context.knex.raw(differences(context.fields)))
      .select("plan.stored_total_obc_communities", "plan.total_obc_communities")
      .select("plan.stored_estimated_obc_population", "plan.estimated_obc_population")
      .select(
        context.knex.raw(`${hoursSince(context, "coalesce(m.updated_at, p.updated_at)")} as hours_since_its_update`),
      )
      .from(syncPlan(context))
      .leftJoin("municipality_coverages as m", (on) =>
        on.on("m.municipality_id", "plan.unit_id").andOn("plan.level", context.knex.raw("'municipality'")),
      )
      .leftJoin("province_coverages as p", (on) =>
        on.on("p.province_id", "plan.unit_id").andOn("plan.level", context.knex.raw("'province'")),
      )
      .where("plan.action", "updated")
      .orderBy(["plan.level", "plan.code"]),
  remedy: syncUnit,
};
