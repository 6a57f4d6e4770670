import type { Knex } from "knex";
import { PLACE_LEVELS, type Place, type PlaceLevel } from "../../core/geography/geography-diff.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

interface PlaceTable {
  table: string;
  parent: { table: string; key: string } | null;
  hasKind: boolean;
  hasPopulation: boolean;
}

/** How the units of each level are stored. */
export const PLACE_TABLES: Record<PlaceLevel, PlaceTable> = {
  region: { table: TABLES.regions, parent: null, hasKind: false, hasPopulation: false },
  province: {
    table: TABLES.provinces,
    parent: { table: TABLES.regions, key: "region_id" },
    hasKind: true,
    hasPopulation: false,
  },
  municipality: {
    table: TABLES.municipalities,
    parent: { table: TABLES.provinces, key: "province_id" },
    hasKind: true,
    hasPopulation: false,
  },
  barangay: {
    table: TABLES.barangays,
    parent: { table: TABLES.municipalities, key: "municipality_id" },
    hasKind: false,
    hasPopulation: true,
  },
};

/** Every stored unit, top down, each level in the order of codes. */
export async function readPlaces(transaction: Knex.Transaction): Promise<Place[]> {
  const places: Place[] = [];
  for (const level of PLACE_LEVELS) {
    const { table, parent, hasKind, hasPopulation } = PLACE_TABLES[level];
    const query = transaction
      .select(["unit.code", "unit.name"])
      .select(transaction.raw(hasKind ? "unit.kind" : "null as kind"))
      .select(transaction.raw(hasPopulation ? "unit.population" : "null as population"))
      .select(transaction.raw(parent === null ? `null as "parentCode"` : `parent.code as "parentCode"`))
      .from({ unit: table })
      .orderBy("unit.code");
    if (parent !== null) query.innerJoin({ parent: parent.table }, "parent.id", `unit.${parent.key}`);
    const rows = await send<Omit<Place, "level">>(transaction, "bookkeeping", query);
    for (const row of rows) places.push({ level, ...row });
  }
  return places;
}

/** A unit that a person's work hangs on, and that therefore cannot be dropped. */
export interface HeldPlace {
  code: string;
  name: string;
  reason: string;
}

/** Which of these units have communities, or a coverage that a person keeps. */
export async function findHeldPlaces(
  transaction: Knex.Transaction,
  dialect: Dialect,
  places: readonly Place[],
): Promise<HeldPlace[]> {
  const codes = (level: PlaceLevel) =>
    JSON.stringify(places.filter((p) => p.level === level).map(({ code }) => [code]));
  const dropped = dialect.rowsFromJson([["code", "text"]]);
  const kept = (level: "municipality" | "province", coverages: string, units: string) =>
    `select unit.code, unit.name, 'a ${level} coverage that is manual or archived' as reason
       from ${units} unit join ${coverages} stored on stored.${level}_id = unit.id
      where (stored.is_deleted or not stored.auto_sync) and unit.code in (select code from ${dropped})`;
  return send<HeldPlace>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select * from (
         select unit.code, unit.name, 'a community' as reason
           from ${TABLES.barangays} unit join ${TABLES.communities} stored on stored.barangay_id = unit.id
          where unit.code in (select code from ${dropped})
         union all ${kept("municipality", TABLES.municipalityCoverages, TABLES.municipalities)}
         union all ${kept("province", TABLES.provinceCoverages, TABLES.provinces)}) as held
       order by code`,
      [codes("barangay"), codes("municipality"), codes("province")],
    ),
  );
}
