import type { Query } from "../../connection/statements.ts";
import { type Check, type CheckContext, coverageCommand, syncPlan } from "../check.ts";

const FACTOR = 2;
/** In small places, smaller changes are normal. */
const LEAST_PEOPLE = 500;

export const suspiciousJumps: Check = {
  id: "suspicious-jumps",
  severity: "warning",
  title: `Population that doubled or halved since the last sync, by ${LEAST_PEOPLE} people or more`,
  why: "Most likely a typing error, or a file of another year. Check it before the next sync writes it to the coverage.",
  query: (context) => (context.fields.includes("estimated_obc_population") ? jumps(context) : noFinding(context)),
  remedy: (finding) => coverageCommand("show", finding),
};

function jumps(context: CheckContext): Query {
  return context.sql
    .select("plan.level", "plan.code", "plan.name", "plan.stored_estimated_obc_population as population_at_last_sync")
    .select("plan.estimated_obc_population as population_now")
    .from(syncPlan(context))
    .where("plan.action", "updated")
    .whereRaw("abs(plan.estimated_obc_population - plan.stored_estimated_obc_population) >= ?", [LEAST_PEOPLE])
    .whereRaw(
      `(plan.estimated_obc_population >= plan.stored_estimated_obc_population * ${FACTOR}
          or plan.estimated_obc_population * ${FACTOR} <= plan.stored_estimated_obc_population)`,
    )
    .orderBy(["plan.level", "plan.code"]);
}

/** The plan has no figures of a curated field: a sync does not change it. */
function noFinding({ sql }: CheckContext): Query {
  return sql.raw("select '' as code, '' as name where false");
}
