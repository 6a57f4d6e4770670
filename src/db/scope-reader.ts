import type { Knex } from "knex";
import { type PlaceRow, resolveScope } from "../core/resolve-scope.ts";
import type { Scope, ScopeRequest } from "../core/scope.ts";
import { tag } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

/**
 * Resolves the units that a person named, in one small read; none where everything is meant.
 *
 * @throws UnitError where a unit is unknown or ambiguous
 */
export async function readScope(transaction: Knex.Transaction, request: ScopeRequest): Promise<Scope> {
  if (request.kind === "all") return { kind: "all" };
  return resolveScope(request, await readPlaces(transaction));
}

async function readPlaces(transaction: Knex.Transaction): Promise<PlaceRow[]> {
  return transaction
    .queryBuilder()
    .comment(tag("bookkeeping"))
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
}
