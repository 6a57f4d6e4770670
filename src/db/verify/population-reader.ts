import type { PlaceLevel } from "../../core/geography/geography-diff.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { PopulatedBarangay } from "../../core/verify/source-comparison.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { barangaysWithParents } from "../places/place-joins.ts";
import { psgcCode } from "../places/psgc-codes.ts";

/** The barangays of a scope, with their populations, municipalities and provinces. */
export async function readPopulations(session: Session, scope: Scope): Promise<PopulatedBarangay[]> {
  const psgc = (level: PlaceLevel) => session.dialect.sql.raw(psgcCode(session, level, level));
  const query = barangaysWithParents(session)
    .select({
      code: "barangay.code",
      name: "barangay.name",
      population: "barangay.population",
      psgcCode: psgc("barangay"),
      municipalityCode: "municipality.code",
      municipalityPsgc: psgc("municipality"),
      municipalityName: "municipality.name",
      provinceCode: "province.code",
      provincePsgc: psgc("province"),
      provinceName: "province.name",
    })
    .orderBy("barangay.code");
  if (scope.kind !== "all") {
    const { idsFromJson } = session.dialect.expressions;
    query.whereRaw(`municipality.id in (select id from ${idsFromJson} as ids)`, [
      JSON.stringify(scope.municipalityIds),
    ]);
  }
  return read(session, "read", query);
}

/** The id of the municipality of each barangay, by the barangay's id. */
export async function readMunicipalityOfBarangay(session: Session): Promise<Map<number, number>> {
  const rows = await read<{ id: number; municipality_id: number }>(
    session,
    "bookkeeping",
    session.dialect.sql.select("id", "municipality_id").from(aliased(session, "barangays", "barangay")),
  );
  return new Map(rows.map((row) => [row.id, row.municipality_id]));
}
