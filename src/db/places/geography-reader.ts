import { PLACE_LEVELS, type Place, type PlaceLevel } from "../../core/geography/geography-diff.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { TableName } from "../schema/schema.ts";

interface PlaceTable {
  table: TableName;
  parent: { table: TableName; key: string } | null;
  hasKind: boolean;
  hasPopulation: boolean;
}

/** How the units of each level are stored. */
export const PLACE_TABLES: Record<PlaceLevel, PlaceTable> = {
  region: { table: "regions", parent: null, hasKind: false, hasPopulation: false },
  province: {
    table: "provinces",
    parent: { table: "regions", key: "region_id" },
    hasKind: true,
    hasPopulation: false,
  },
  municipality: {
    table: "municipalities",
    parent: { table: "provinces", key: "province_id" },
    hasKind: true,
    hasPopulation: false,
  },
  barangay: {
    table: "barangays",
    parent: { table: "municipalities", key: "municipality_id" },
    hasKind: false,
    hasPopulation: true,
  },
};

/** Every stored unit, top down, each level ordered by code. */
export async function readPlaces(session: Session): Promise<Place[]> {
  const { sql } = session.dialect;
  const places: Place[] = [];
  for (const level of PLACE_LEVELS) {
    const { table, parent, hasKind, hasPopulation } = PLACE_TABLES[level];
    const query = sql
      .select(["unit.code", "unit.name"])
      .select(sql.raw(hasKind ? "unit.kind" : "null as kind"))
      .select(sql.raw(hasPopulation ? "unit.population" : "null as population"))
      .select(sql.raw(parent === null ? `null as "parentCode"` : `parent.code as "parentCode"`))
      .from(aliased(session, table, "unit"))
      .orderBy("unit.code");
    if (parent !== null) query.innerJoin(aliased(session, parent.table, "parent"), "parent.id", `unit.${parent.key}`);
    const rows = await read<Omit<Place, "level">>(session, "bookkeeping", query);
    for (const row of rows) places.push({ level, ...row });
  }
  return places;
}

/** A unit that cannot be removed, because it has a community, or a manual or archived coverage. */
export interface HeldPlace {
  code: string;
  name: string;
  reason: string;
}

/** Finds those of the units that have a community, or a manual or archived coverage. */
export async function findHeldPlaces(session: Session, places: readonly Place[]): Promise<HeldPlace[]> {
  const { relations } = session.schema;
  const codes = (level: PlaceLevel) =>
    JSON.stringify(places.filter((p) => p.level === level).map(({ code }) => [code]));
  const dropped = session.dialect.expressions.rowsFromJson([["code", "text"]]);
  const kept = (level: Level) => {
    const { units, coverages, key } = COVERAGE_TABLES[level];
    return `select unit.code, unit.name, 'a ${level} coverage that is manual or archived' as reason
       from ${relations[units]} unit join ${relations[coverages]} stored on stored.${key} = unit.id
      where (stored.is_deleted or not stored.auto_sync) and unit.code in (select code from ${dropped})`;
  };
  return read<HeldPlace>(session, "bookkeeping", {
    sql: `select * from (
       select unit.code, unit.name, 'a community' as reason
         from ${relations.barangays} unit join ${relations.obc_communities} stored on stored.barangay_id = unit.id
        where unit.code in (select code from ${dropped})
       union all ${LEVELS.map(kept).join(" union all ")}) as held
     order by code`,
    bindings: [codes("barangay"), ...LEVELS.map(codes)],
  });
}
