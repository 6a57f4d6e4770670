import type { Knex } from "knex";
import { type PlaceRow, resolveScope } from "../core/resolve-scope.ts";
import type { Scope, ScopeRequest } from "../core/scope.ts";
import { readChangedScope } from "./change-log-reader.ts";
import type { Dialect } from "./dialect.ts";
import { send } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

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
