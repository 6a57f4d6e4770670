import type { Knex } from "knex";
import type { Field } from "../../../core/fields.ts";
import { trailPosition } from "../../../core/runs/trail-columns.ts";
import type { Level } from "../../../core/sync/level.ts";
import type { Query } from "../../connection/statements.ts";
import { inScope } from "../../places/in-scope.ts";
import { COVERAGE_TABLES } from "../../schema/coverage-tables.ts";
import type { Schema } from "../../schema/schema.ts";
import { activeCommunities, type Check, type CheckContext, coverageCommand, syncPlan } from "../check.ts";

const FACTOR = 2;

/** A figure that counts people. */
interface Measure {
  field: Field;
  /** Begins the names of its figures in a finding. */
  noun: string;
  /** In small places, smaller changes are normal. */
  least: number;
}

const POPULATION: Measure = { field: "estimated_obc_population", noun: "population", least: 500 };
/** Compared where coverages have no population. */
const HOUSEHOLDS: Measure = { field: "households", noun: "households", least: 100 };

export const suspiciousJumps: Check = {
  id: "suspicious-jumps",
  severity: "warning",
  title: `Population that the next sync doubles or halves, or the last run did, by ${POPULATION.least} people or more`,
  why: `Most likely a typing error, or a file of another year. by_run is the run that wrote it; without one, the next sync will. Where coverages have no population, households are compared, by ${HOUSEHOLDS.least} or more, and the population of the communities that the last run changed.`,
  query(context) {
    const { fields, session } = context;
    if (hasPopulation(session.schema)) return jumps(context, [POPULATION], ofCoverages(context, POPULATION, fields));
    const measures = [POPULATION, HOUSEHOLDS];
    return jumps(context, measures, [...ofCoverages(context, HOUSEHOLDS, fields), ofCommunities(context)]);
  },
  remedy(finding, schema) {
    const { by_run: run, level, population_now: population } = finding.figures;
    if (run === null) return coverageCommand("show", finding);
    const isOfCommunities = !hasPopulation(schema) && population !== null;
    return isOfCommunities
      ? `obc-sync history show ${run}`
      : `obc-sync history --coverage ${finding.code} --level ${level}`;
  },
};

function hasPopulation({ rules }: Schema): boolean {
  return !rules.blankFields.includes(POPULATION.field);
}

/**
 * The parts that jump, each a row of level, code, name, noun, least, figure_before, figure_now and by_run. The figures are
 * named by the noun.
 */
function jumps({ sql }: CheckContext, measures: readonly Measure[], parts: Knex.QueryBuilder[]): Query {
  const [first, ...others] = parts;
  // The plan has no figures of a curated field: a sync does not change it.
  if (first === undefined) return sql.raw("select '' as code, '' as name where false");
  const named = measures.flatMap(({ noun }) =>
    [
      ["figure_before", "at_last_sync"],
      ["figure_now", "now"],
    ].map(([figure, name]) => sql.raw(`case when noun = '${noun}' then ${figure} end as ${noun}_${name}`)),
  );
  return sql
    .select("level", "code", "name", ...named, "by_run")
    .from(first.unionAll(others).as("jump"))
    .whereRaw("abs(figure_now - figure_before) >= least")
    .whereRaw(`(figure_now >= figure_before * ${FACTOR} or figure_now * ${FACTOR} <= figure_before)`)
    .orderBy(["level", "code", "by_run"]);
}

/** What the next sync would write, and what the newest run that changed a coverage has written. */
function ofCoverages(context: CheckContext, measure: Measure, fields: readonly Field[]): Knex.QueryBuilder[] {
  if (!fields.includes(measure.field)) return [];
  return [toCome(context, measure), written(context, "municipality", measure), written(context, "province", measure)];
}

function toCome(context: CheckContext, { field, noun, least }: Measure): Knex.QueryBuilder {
  const { sql, expressions } = context;
  return sql
    .select("plan.level", "plan.code", "plan.name")
    .select(sql.raw(`'${noun}' as noun, ${least} as least, plan.stored_${field} as figure_before`))
    .select(sql.raw(`plan.${field} as figure_now, ${expressions.nullOf("integer")} as by_run`))
    .from(syncPlan(context))
    .where("plan.action", "updated");
}

/** If it still stands. */
function written(context: CheckContext, level: Level, { field, noun, least }: Measure): Knex.QueryBuilder {
  const { sql, relations, bookkeeping, expressions } = context;
  const { units, coverages, key } = COVERAGE_TABLES[level];
  const { join, before, after } = expressions.keptValue("kept.changes", trailPosition(field));
  return sql
    .select(sql.raw(`'${level}' as level, unit.code, unit.name, '${noun}' as noun, ${least} as least`))
    .select(sql.raw(`${before} as figure_before, ${after} as figure_now, kept.run_id as by_run`))
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
    .whereRaw(`stored.${field} = ${after}`)
    .whereRaw(inScope(context, level, "unit.id"));
}

/** The population of each municipality, with what the newest run that changed communities has changed in it. */
function ofCommunities(context: CheckContext): Knex.QueryBuilder {
  const { sql, relations, bookkeeping, expressions } = context;
  const { field, noun, least } = POPULATION;
  const { join, before, after } = expressions.keptValue("kept.changes", trailPosition(field));
  const newest = `select run_id from ${bookkeeping.runValues} kept where level = 'community' order by run_id desc limit 1`;
  return sql
    .select(sql.raw(`'municipality' as level, m.code, m.name, '${noun}' as noun, ${least} as least`))
    .select(
      sql.raw(
        "current.people - changed.people as figure_before, current.people as figure_now, changed.run_id as by_run",
      ),
    )
    .from(
      sql.raw(
        `(select b.municipality_id, kept.run_id, sum(coalesce(${after}, 0) - ${before}) as people
            from (${newest}) newest
            join ${bookkeeping.runValues} kept on kept.run_id = newest.run_id and kept.level = 'community'
            join ${relations.obc_communities} c on c.barangay_id = kept.unit_id
            join ${relations.barangays} b on b.id = c.barangay_id
            ${join}
           where kept.action = 'updated' and c.${field} is not distinct from ${after} and not c.is_deleted
           group by b.municipality_id, kept.run_id) changed
         join (select m.id, sum(c.${field}) as people from ${activeCommunities(relations)} where not c.is_deleted group by m.id) current
           on current.id = changed.municipality_id
         join ${relations.municipalities} m on m.id = changed.municipality_id`,
      ),
    )
    .whereRaw(inScope(context, "municipality", "m.id"));
}
