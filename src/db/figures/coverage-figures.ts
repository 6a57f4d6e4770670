import type { Knex } from "knex";
import { type FigureLevel, type FigureRow, FLAGS, figureColumns } from "../../core/figures/figure-row.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { inScope } from "../places/in-scope.ts";
import { municipalitiesWithParents, provincesWithRegions } from "../places/place-joins.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { changedBy } from "./changed-units.ts";
import type { FigureFilter } from "./community-figures.ts";
import { figureRows, selectPlaces } from "./figure-rows.ts";

/**
 * The coverages of one level in a scope, ordered by code, in one statement whose rows are read as they are asked for. Units
 * without a coverage have no row. A region has no stored coverage: its row is the sum of those of its provinces that are
 * not archived, and has a figure only where one of them has. A level above the scope has the units that the scope is in.
 *
 * @throws DatabaseError from the generator, where a sum exceeds 2^53
 */
export function readCoverageFigures(
  session: Session,
  level: Exclude<FigureLevel, "community">,
  scope: Scope,
  filter: FigureFilter,
): AsyncGenerator<FigureRow> {
  if (level === "region") return figureRows(session, level, regions(session, scope, filter));
  const query = coverages(session, level, scope).orderBy(`${level}.code`);
  if (!filter.archived) query.whereRaw("not stored.is_deleted");
  if (filter.changedBy !== null) query.where(changedBy(session, level, `${level}.id`, filter.changedBy));
  return figureRows(session, level, query);
}

function coverages(session: Session, level: Level, scope: Scope): Knex.QueryBuilder {
  const { coverages: table, key } = COVERAGE_TABLES[level];
  const units = level === "municipality" ? municipalitiesWithParents(session) : provincesWithRegions(session);
  return selectPlaces(session, level, units)
    .join(aliased(session, table, "stored"), `stored.${key}`, `${level}.id`)
    .select([`${level}.kind`, ...[...FLAGS, ...figureColumns(level)].map((column) => `stored.${column}`)])
    .where(inScope({ session, scope }, level, `${level}.id`));
}

/** Null where every summand is null: the field is blank in the coverages of some applications. */
function regions(session: Session, scope: Scope, { changedBy: runs }: FigureFilter): Knex.QueryBuilder {
  const { sql, expressions } = session.dialect;
  const { provinces } = session.schema.relations;
  const [, ...summed] = figureColumns("region");
  const sums = summed.map(
    (column) =>
      `case when count(stored.${column}) > 0 then ${expressions.sumOfCoverages(`stored.${column}`)} end as ${column}`,
  );
  const query = selectPlaces(session, "region", provincesWithRegions(session))
    .join(aliased(session, "province_coverages", "stored"), "stored.province_id", "province.id")
    .whereRaw("not stored.is_deleted")
    .select(sql.raw("null as auto_sync, null as is_deleted, null as deleted_at, max(stored.updated_at) as updated_at"))
    .select(sql.raw(`count(*) as total_provinces, ${sums.join(", ")}`))
    .groupBy("region.id", "region.code", "region.name")
    .orderBy("region.code");
  if (runs !== null) {
    const changed = changedBy(session, "province", "changed.id", runs);
    query.whereRaw(`region.id in (select changed.region_id from ${provinces} changed where ?)`, [changed]);
  }
  if (scope.kind === "all") return query;
  return query.whereRaw(`region.id in (select above.region_id from ${provinces} above where ?)`, [
    inScope({ session, scope }, "province", "above.id"),
  ]);
}
