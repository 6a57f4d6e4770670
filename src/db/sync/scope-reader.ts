import { UnitError } from "../../core/errors.ts";
import type { PlaceLevel } from "../../core/geography/geography-diff.ts";
import { grouped } from "../../core/grouped.ts";
import { findLevelUnit, type PlaceRow, resolveScope } from "../../core/places/resolve-scope.ts";
import type { Level, LevelUnit } from "../../core/sync/level.ts";
import type { Scope, ScopeRequest } from "../../core/sync/scope.ts";
import { readChangedScope } from "../capture/change-log-reader.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { everyUnit } from "../places/place-joins.ts";
import { geographyMissing, hasPsgcCode, psgcCode } from "../places/psgc-codes.ts";

/**
 * Resolves the units of a request in one small read; the whole country needs no read.
 *
 * @throws UnitError if a unit is unknown or ambiguous
 */
export async function readScope(session: Session, request: ScopeRequest): Promise<Scope> {
  if (request.kind === "all") return { kind: "all" };
  if (request.kind === "changed") return readChangedScope(session);
  return resolveScope(request, await readPlaces(session));
}

/**
 * Finds the municipality or province-level unit of each code or name, in one small read.
 *
 * @throws UnitError if one is unknown or ambiguous
 */
export async function readLevelUnits(
  session: Session,
  texts: readonly string[],
  levels: readonly Level[],
): Promise<LevelUnit[]> {
  const places = await readPlaces(session);
  return texts.map((text) => findLevelUnit(text, levels, places));
}

/** The code, stored or of the PSGC (string), or the id (number) of the barangay of a community. */
export type CommunityReference = string | number;

interface CommunityPlace {
  id: number;
  code: string;
  psgc_code: string | null;
  municipality_id: number;
  municipality_code: string;
  province_id: number;
}

/**
 * The municipalities and provinces of these communities, in one small read.
 *
 * @throws UnitError with the unknown codes and ids
 */
export async function readScopeOfCommunities(
  session: Session,
  references: readonly CommunityReference[],
): Promise<Scope> {
  const { rowsFromJson, idsFromJson } = session.dialect.expressions;
  const { relations, tables } = session.schema;
  const codes = references.filter((reference) => typeof reference === "string");
  const ids = references.filter((reference) => typeof reference === "number");
  const rows = await read<CommunityPlace>(session, "bookkeeping", {
    sql: `with given as (select * from ${rowsFromJson([["code", "text"]])})
     select barangay.id, barangay.code, ${psgcCode(session, "barangay", "barangay")} as psgc_code, municipality.id as municipality_id, municipality.code as municipality_code,
            municipality.province_id
       from ${relations.barangays} barangay
       join ${relations.municipalities} municipality on municipality.id = barangay.municipality_id
      where barangay.code in (select code from given)
         or ${hasPsgcCode(session, "barangay", "select code from given")}
         or barangay.id in (select id from ${idsFromJson} as ids)
      order by municipality.code`,
    bindings: [JSON.stringify(codes.map((code) => [code])), JSON.stringify(ids)],
  });
  const known = new Set<CommunityReference>(rows.flatMap(({ id, code, psgc_code }) => [id, code, psgc_code ?? code]));
  const unknown = references.filter((reference) => !known.has(reference));
  if (unknown.length > 0) {
    const listed =
      unknown.slice(0, 10).join(", ") + (unknown.length > 10 ? ` and ${grouped(unknown.length - 10)} more` : "");
    throw new UnitError(
      "UNIT_UNKNOWN",
      `no barangay has the code or id ${listed}`,
      `Give codes of barangays as strings, or ids of the table ${tables.barangays.name} as numbers.`,
    );
  }
  return {
    kind: "municipality",
    units: [...new Set(rows.map((row) => row.municipality_code))],
    municipalityIds: [...new Set(rows.map((row) => row.municipality_id))],
    provinceIds: [...new Set(rows.map((row) => row.province_id))],
  };
}

/** @throws GeographyMissingError if there are none */
async function readPlaces(session: Session): Promise<PlaceRow[]> {
  const psgc = (level: PlaceLevel) => session.dialect.sql.raw(psgcCode(session, level, level));
  const query = everyUnit(session)
    .select({
      municipalityId: "municipality.id",
      municipalityCode: "municipality.code",
      municipalityPsgc: psgc("municipality"),
      municipalityName: "municipality.name",
      provinceId: "province.id",
      provinceCode: "province.code",
      provincePsgc: psgc("province"),
      provinceName: "province.name",
      regionCode: "region.code",
      regionPsgc: psgc("region"),
      regionName: "region.name",
    })
    .orderBy(["province.code", "municipality.code"]);
  const places = await read<PlaceRow>(session, "bookkeeping", query);
  if (places.length === 0) throw geographyMissing(session);
  return places;
}
