import type { Knex } from "knex";
import { BarangayIndex } from "../../core/places/barangay-index.ts";
import type { OldName } from "../../core/places/place-directory.ts";
import {
  type DirectoryBarangay,
  type DirectoryMunicipality,
  PlaceDirectory,
} from "../../core/places/place-directory.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { streamRows } from "../row-stream.ts";
import { TABLES } from "../schema/tables.ts";

/** Every barangay by its code. */
export async function readBarangayIndex(transaction: Knex.Transaction, dialect: Dialect): Promise<BarangayIndex> {
  const [counted] = await send<{ barangays: number | string }>(
    transaction,
    "bookkeeping",
    transaction.from(TABLES.barangays).count({ barangays: "*" }),
  );
  const index = new BarangayIndex(Number(counted?.barangays));
  const query = { sql: `select id, code, population from ${TABLES.barangays} order by code`, bindings: [] };
  await streamRows(transaction, dialect.streamRows, "bookkeeping", query, (row) => {
    const population = row.value("population");
    index.add(Number(row.value("id")), String(row.value("code")), population === null ? null : Number(population));
  });
  return index;
}

/** Every place with its names, present and old: what the names in a file are resolved against. */
export async function readPlaceDirectory(transaction: Knex.Transaction): Promise<PlaceDirectory> {
  const municipalities = await send<DirectoryMunicipality>(
    transaction,
    "bookkeeping",
    transaction
      .select({
        id: "municipality.id",
        code: "municipality.code",
        name: "municipality.name",
        kind: "municipality.kind",
        provinceCode: "province.code",
        provinceName: "province.name",
        provinceKind: "province.kind",
        regionCode: "region.code",
      })
      .from({ municipality: TABLES.municipalities })
      .join({ province: TABLES.provinces }, "province.id", "municipality.province_id")
      .join({ region: TABLES.regions }, "region.id", "province.region_id")
      .orderBy("municipality.code"),
  );
  const barangays = await send<DirectoryBarangay>(
    transaction,
    "bookkeeping",
    transaction
      .select({ id: "id", code: "code", name: "name", municipalityId: "municipality_id" })
      .from(TABLES.barangays)
      .orderBy("code"),
  );
  return new PlaceDirectory(municipalities, barangays, await readOldNames(transaction));
}

export async function readOldNames(transaction: Knex.Transaction): Promise<OldName[]> {
  return send(
    transaction,
    "bookkeeping",
    transaction.select("code", "name").from(TABLES.placeOldNames).orderBy("code"),
  );
}

/** Names and code of every barangay of these municipalities: region, province, municipality, barangay, code. */
export async function readScopePlaces(
  transaction: Knex.Transaction,
  dialect: Dialect,
  municipalityIds: readonly number[],
): Promise<string[][]> {
  const rows = await send<Record<"region" | "province" | "municipality" | "barangay" | "code", string>>(
    transaction,
    "bookkeeping",
    transaction
      .select({
        region: "region.name",
        province: "province.name",
        municipality: "municipality.name",
        barangay: "barangay.name",
        code: "barangay.code",
      })
      .from({ barangay: TABLES.barangays })
      .join({ municipality: TABLES.municipalities }, "municipality.id", "barangay.municipality_id")
      .join({ province: TABLES.provinces }, "province.id", "municipality.province_id")
      .join({ region: TABLES.regions }, "region.id", "province.region_id")
      .whereRaw(`barangay.municipality_id in (select id from ${dialect.idsFromJson} as ids)`, [
        JSON.stringify(municipalityIds),
      ])
      .orderBy("barangay.code"),
  );
  return rows.map(({ region, province, municipality, barangay, code }) => [
    region,
    province,
    municipality,
    barangay,
    code,
  ]);
}
