import { type Field, isField } from "../../../core/fields.ts";
import { aliased } from "../../connection/aliased.ts";
import { type Check, leftOut, syncPlan, syncUnit } from "../check.ts";

/** Shown with each finding. The plan has no figures of curated fields. */
const SHOWN = ["total_obc_communities", "estimated_obc_population"];

function storedAndExpected(column: string): string[] {
  return [`plan.stored_${column}`, `plan.${column}`];
}

/** Lists the columns that differ: the population, which is shown, may be the same. */
function differences(fields: readonly Field[]): string {
  const named = ["names", "total_municipalities", "total_obc_communities", ...fields].map(
    (column) => `case when plan.${column} is distinct from plan.stored_${column} then ', ${column}' else '' end`,
  );
  // Removes the leading comma and blank.
  return `substr(${named.join(" || ")}, 3) as differs_in`;
}

export const staleCoverage: Check = {
  id: "stale-coverage",
  severity: "error",
  title: "Coverage that differs from the communities beneath it",
  why: "Its figures are out of date, and so is every decision based on them.",
  // A coverage is stale if a sync would update it.
  query: (context) => {
    const { session, sql, expressions, fields } = context;
    const hours = `${expressions.hoursSince("coalesce(m.updated_at, p.updated_at)")} as hours_since_its_update`;
    return sql
      .select("plan.level", "plan.code", "plan.name", sql.raw(differences(fields)))
      .select(SHOWN.filter((column) => !isField(column) || fields.includes(column)).flatMap(storedAndExpected))
      .select([leftOut(context), ...(session.schema.stampsUpdates ? [hours] : [])].map((figure) => sql.raw(figure)))
      .from(syncPlan(context))
      .leftJoin(aliased(session, "municipality_coverages", "m"), (on) =>
        on.on("m.municipality_id", "plan.unit_id").andOn("plan.level", sql.raw("'municipality'")),
      )
      .leftJoin(aliased(session, "province_coverages", "p"), (on) =>
        on.on("p.province_id", "plan.unit_id").andOn("plan.level", sql.raw("'province'")),
      )
      .where("plan.action", "updated")
      .orderBy(["plan.level", "plan.code"]);
  },
  remedy: syncUnit,
};
