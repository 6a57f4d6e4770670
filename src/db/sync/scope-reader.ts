import type { Knex } from "knex";
import { UnitError } from "../../core/errors.ts";
import { findLevelUnit, type PlaceRow, resolveScope } from "../../core/places/resolve-scope.ts";
import type { Level, LevelUnit } from "../../core/sync/level.ts";
import type { Scope, ScopeRequest } from "../../core/sync/scope.ts";
import { readChangedScope } from "../capture/change-log-reader.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

/**
 * Resolves the units that a person named, or that the change log names, in one small read; none where everything is
 * meant.
 *
 * @throws UnitError where a unit is unknown or ambiguous
 */
export async function readScope(
  transaction: Knex.Transaction,
  dialect: Dialect,
  request: ScopeRequest,
): Promise<Scope> {
  if (request.kind === "all") return { kind: "all" };
  if (request.kind === "changed") return readChangedScope(transaction, dialect);
  return resolveScope(request, await readPlaces(transaction));
}

/**
 * Finds the municipality or province-level unit that each text names, in one small read.
 *
 * @throws UnitError where one is unknown or ambiguous
 */
export async function readLevelUnits(
  transaction: Knex.Transaction,
  texts: readonly string[],
  levels: readonly Level[],
): Promise<LevelUnit[]> {
  const places = await readPlaces(transaction);
  return texts.map((text) => findLevelUnit(text, levels, places));
}

/** A community by the code or the id of its barangay. */
export type CommunityReference = string | number;

interface CommunityPlace {
  id: number;
  code: string;
  municipality_id: number;
  municipality_code: string;
  province_id: number;
}

/**
 * The municipalities and provinces above these communities, in one small read.
 *
 * @throws UnitError naming the codes and ids that are unknown
 */
export async function readScopeOfCommunities(
  transaction: Knex.Transaction,
  dialect: Dialect,
  references: readonly CommunityReference[],
): Promise<Scope> {
  const codes = references.filter((reference) => typeof reference === "string");
  const ids = references.filter((reference) => typeof reference === "number");
  const rows = await send<CommunityPlace>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select barangay.id, barangay.code, municipality.id as municipality_id, municipality.code as municipality_code,
              municipality.province_id
         from ${TABLES.barangays} barangay
         join ${TABLES.municipalities} municipality on municipality.id = barangay.municipality_id
        where barangay.code in (select code from ${dialect.rowsFromJson([["code", "text"]])})
           or barangay.id in (select id from ${dialect.idsFromJson} as ids)
        order by municipality.code`,
      [JSON.stringify(codes.map((code) => [code])), JSON.stringify(ids)],
    ),
  );
  const known = new Set<CommunityReference>(rows.flatMap(({ id, code }) => [id, code]));
  const unknown = references.filter((reference) => !known.has(reference));
  if (unknown.length > 0) {
    const listed = unknown.slice(0, 10).join(", ") + (unknown.length > 10 ? ` and ${unknown.length - 10} more` : "");
    throw new UnitError(
      "UNIT_UNKNOWN",
      `no barangay has the code or id ${listed}`,
      "Give ten-digit PSGC codes as text, or ids of the barangays table as numbers.",
    );
  }
  return {
    kind: "municipality",
    units: [...new Set(rows.map((row) => row.municipality_code))],
    municipalityIds: [...new Set(rows.map((row) => row.municipality_id))],
    provinceIds: [...new Set(rows.map((row) => row.province_id))],
  };
}

async function readPlaces(transaction: Knex.Transaction): Promise<PlaceRow[]> {
  const query = transaction
    .select({
      municipalityId: "municipality.id",
      municipalityCode: "municipality.code",
      municipalityName: "municipality.name",
      provinceId: "province.id",
      provinceCode: "province.code",
      provinceName: "province.name",
      regionCode: "region.code",
      regionName: "region.name",
    })
    .from({ municipality: TABLES.municipalities })
    .join({ province: TABLES.provinces }, "province.id", "municipality.province_id")
    .join({ region: TABLES.regions }, "region.id", "province.region_id")
    .orderBy("municipality.code");
  return send(transaction, "bookkeeping", query);
}
