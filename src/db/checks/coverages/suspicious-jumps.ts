import type { Knex } from "knex";
import { trailPosition } from "../../../core/runs/trail-columns.ts";
import type { Level } from "../../../core/sync/level.ts";
import type { Query } from "../../connection/statements.ts";
import { COVERAGE_TABLES } from "../../schema/coverage-tables.ts";
import { type Check, type CheckContext, coverageCommand, inScope, syncPlan } from "../check.ts";

const FACTOR = 2;
/** In small places, smaller changes are normal. */
const LEAST_PEOPLE = 500;

const POPULATION = "estimated_obc_population";

export const suspiciousJumps: Check = {
  id: "suspicious-jumps",
  severity: "warning",
  title: `Population that the next sync doubles or halves, or the last run did, by ${LEAST_PEOPLE} people or more`,
  why: "Most likely a typing error, or a file of another year. by_run is the run that wrote it; without one, the next sync will.",
  query: (context) => (context.fields.includes(POPULATION) ? jumps(context) : noFinding(context)),
  remedy: (finding) =>
    finding.figures.by_run === null
      ? coverageCommand("show", finding)
      : `obc-sync history --coverage ${finding.code} --level ${finding.figures.level}`,
};

function jumps(context: CheckContext): Query {
  const { sql } = context;
  return sql
    .select("*")
    .from(
      toCome(context)
        .unionAll([written(context, "municipality"), written(context, "province")])
        .as("jump"),
    )
    .whereRaw("abs(population_now - population_at_last_sync) >= ?", [LEAST_PEOPLE])
    .whereRaw(
      `(population_now >= population_at_last_sync * ${FACTOR} or population_now * ${FACTOR} <= population_at_last_sync)`,
    )
    .orderBy(["level", "code"]);
}

/** What the next sync would write. */
function toCome(context: CheckContext): Knex.QueryBuilder {
  return context.sql
    .select("plan.level", "plan.code", "plan.name", `plan.stored_${POPULATION} as population_at_last_sync`)
    .select(
      `plan.${POPULATION} as population_now`,
      context.sql.raw(`${context.expressions.nullOf("integer")} as by_run`),
    )
    .from(syncPlan(context))
    .where("plan.action", "updated");
}

/** What the newest run that changed a coverage has written, if it still stands. */
function written(context: CheckContext, level: Level): Knex.QueryBuilder {
  const { sql, relations, bookkeeping, expressions } = context;
  const { units, coverages, key } = COVERAGE_TABLES[level];
  const { join, before, after } = expressions.keptValue("kept.changes", trailPosition(POPULATION));
  return sql
    .select(sql.raw(`'${level}' as level, unit.code, unit.name, ${before} as population_at_last_sync`))
    .select(sql.raw(`${after} as population_now, kept.run_id as by_run`))
    .from(
      sql.raw(
        `(select unit_id, max(run_id) as run_id from ${bookkeeping.runValues} kept where level = '${level}' group by unit_id) newest
         join ${bookkeeping.runValues} kept on kept.run_id = newest.run_id and kept.unit_id = newest.unit_id and kept.level = '${level}'
         join ${relations[units]} unit on unit.id = kept.unit_id
         join ${relations[coverages]} stored on stored.${key} = unit.id
         ${join}`,
      ),
    )
    .where("kept.action", "updated")
    .whereRaw(`stored.${POPULATION} = ${after}`)
    .whereRaw(inScope(context, level, "unit.id"));
}

/** The plan has no figures of a curated field: a sync does not change it. */
function noFinding({ sql }: CheckContext): Query {
  return sql.raw("select '' as code, '' as name where false");
}
