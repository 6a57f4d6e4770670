import { type Check, leftOut, syncPlan, syncUnit } from "../check.ts";

const POPULATION = "estimated_obc_population";

export const missingCoverage: Check = {
  id: "missing-coverage",
  severity: "error",
  title: "Unit that has communities and no coverage",
  why: "Reports that read coverages do not show the unit, and the totals above it do not include it.",
  // A coverage is missing if a sync would create it.
  query: (context) => {
    const { session, sql, fields } = context;
    const hasPopulation = fields.includes(POPULATION) && !session.schema.rules.blankFields.includes(POPULATION);
    return sql
      .select("plan.level", "plan.code", "plan.name", "plan.total_obc_communities as communities")
      .select(hasPopulation ? [`plan.${POPULATION}`] : [])
      .select(sql.raw(leftOut(context)))
      .from(syncPlan(context))
      .where("plan.action", "created")
      .orderBy(["plan.level", "plan.code"]);
  },
  remedy: syncUnit,
};
