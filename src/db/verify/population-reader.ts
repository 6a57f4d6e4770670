import type { Scope } from "../../core/sync/scope.ts";
import type { PopulatedBarangay } from "../../core/verify/source-comparison.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";

/** The barangays of a scope, with their populations, municipalities and provinces. */
export async function readPopulations(session: Session, scope: Scope): Promise<PopulatedBarangay[]> {
  const { sql, expressions } = session.dialect;
  const query = sql
    .select({
      code: "barangay.code",
      name: "barangay.name",
      population: "barangay.population",
      municipalityCode: "municipality.code",
      municipalityName: "municipality.name",
      provinceCode: "province.code",
      provinceName: "province.name",
    })
    .from(aliased(session, "barangays", "barangay"))
    .join(aliased(session, "municipalities", "municipality"), "municipality.id", "barangay.municipality_id")
    .join(aliased(session, "provinces", "province"), "province.id", "municipality.province_id")
    .orderBy("barangay.code");
  if (scope.kind !== "all") {
    query.whereRaw(`municipality.id in (select id from ${expressions.idsFromJson} as ids)`, [
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
