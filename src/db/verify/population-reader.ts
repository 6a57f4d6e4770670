import type { Knex } from "knex";
import type { Scope } from "../../core/sync/scope.ts";
import type { PopulatedBarangay } from "../../core/verify/source-comparison.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

/** The barangays of a scope with their populations and what is above them. */
export async function readPopulations(
  transaction: Knex.Transaction,
  dialect: Dialect,
  scope: Scope,
): Promise<PopulatedBarangay[]> {
  const query = transaction
    .select({
      code: "barangay.code",
      name: "barangay.name",
      population: "barangay.population",
      municipalityCode: "municipality.code",
      municipalityName: "municipality.name",
      provinceCode: "province.code",
      provinceName: "province.name",
    })
    .from({ barangay: TABLES.barangays })
    .join({ municipality: TABLES.municipalities }, "municipality.id", "barangay.municipality_id")
    .join({ province: TABLES.provinces }, "province.id", "municipality.province_id")
    .orderBy("barangay.code");
  if (scope.kind !== "all") {
    query.whereRaw(`municipality.id in (select id from ${dialect.idsFromJson} as ids)`, [
      JSON.stringify(scope.municipalityIds),
    ]);
  }
  return send(transaction, "read", query);
}

/** In which municipality each barangay lies; both by id. */
export async function readMunicipalityOfBarangay(transaction: Knex.Transaction): Promise<Map<number, number>> {
  const rows = await send<{ id: number; municipality_id: number }>(
    transaction,
    "bookkeeping",
    transaction.select("id", "municipality_id").from(TABLES.barangays),
  );
  return new Map(rows.map((row) => [row.id, row.municipality_id]));
}
