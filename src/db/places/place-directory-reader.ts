import { PLACE_LEVELS } from "../../core/geography/geography-diff.ts";
import { BarangayIndex } from "../../core/places/barangay-index.ts";
import {
  type DirectoryBarangay,
  type DirectoryMunicipality,
  type OldName,
  PlaceDirectory,
} from "../../core/places/place-directory.ts";
import { regionDigits } from "../../core/places/place-history.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { PLACE_TABLES } from "./geography-reader.ts";
import { barangaysWithParents, municipalitiesWithParents } from "./place-joins.ts";
import { psgcCode } from "./psgc-codes.ts";

/** Every barangay by its codes. */
export async function readBarangayIndex(session: Session): Promise<BarangayIndex> {
  const { sql } = session.dialect;
  const barangays = () => sql.from(aliased(session, "barangays", "barangay"));
  const [counted] = await read<{ barangays: number | string }>(
    session,
    "bookkeeping",
    barangays().count({ barangays: "*" }),
  );
  const hasOwnCodes = session.schema.codes === "own";
  const index = new BarangayIndex(Number(counted?.barangays));
  const query = barangays()
    .select("id", "population")
    .select(sql.raw(`${psgcCode(session, "barangay", "barangay")} as psgc_code`))
    .select(hasOwnCodes ? ["code"] : [])
    .orderByRaw(hasOwnCodes ? "psgc_code nulls last" : "psgc_code");
  await streamRows(session, "bookkeeping", query, (row) => {
    const [code, population] = [row.value("psgc_code"), row.value("population")];
    index.add({
      id: Number(row.value("id")),
      psgcCode: code === null ? null : String(code),
      ownCode: hasOwnCodes ? String(row.value("code")) : null,
      population: population === null ? null : Number(population),
    });
  });
  return index;
}

export async function hasBarangays(session: Session): Promise<boolean> {
  const query = session.dialect.sql
    .select("id")
    .from(aliased(session, "barangays", "barangay"))
    .limit(1);
  return (await read(session, "bookkeeping", query)).length > 0;
}

/** Every place with its current and old names, to resolve the names in a file. */
export async function readPlaceDirectory(session: Session): Promise<PlaceDirectory> {
  const { sql } = session.dialect;
  const municipalities = await read<
    Omit<DirectoryMunicipality, "regions"> & { regionPsgc: string; regionName: string }
  >(
    session,
    "bookkeeping",
    municipalitiesWithParents(session)
      .select({
        id: "municipality.id",
        code: "municipality.code",
        name: "municipality.name",
        kind: "municipality.kind",
        provinceCode: "province.code",
        provinceName: "province.name",
        provinceKind: "province.kind",
        regionName: "region.name",
        regionPsgc: sql.raw(psgcCode(session, "region", "region")),
      })
      .orderBy("municipality.code"),
  );
  const barangays = await read<DirectoryBarangay>(
    session,
    "bookkeeping",
    sql
      .select({ id: "id", code: "code", name: "name", municipalityId: "municipality_id" })
      .from(aliased(session, "barangays", "barangay"))
      .orderBy("code"),
  );
  return new PlaceDirectory(
    municipalities.map(({ regionPsgc, regionName, ...municipality }) => ({
      ...municipality,
      regions: regionDigits(regionPsgc, regionName),
    })),
    barangays,
    await readOldNames(session),
  );
}

/** The old names of the places, by the codes that the places have in the database. */
async function readOldNames(session: Session): Promise<OldName[]> {
  const { bookkeeping, relations, codes } = session.schema;
  if (codes === "psgc") return readOldNamesByPsgcCode(session);
  const named = PLACE_LEVELS.map(
    (level) => `select unit.code, old.name from ${bookkeeping.oldNames} old
      join ${bookkeeping.places} coded on coded.psgc_code = old.code and coded.level = '${level}'
      join ${relations[PLACE_TABLES[level].table]} unit on unit.id = coded.unit_id`,
  );
  return read(session, "bookkeeping", { sql: `${named.join(" union ")} order by 1, 2`, bindings: [] });
}

/** The old names of places as an edition of the PSGC has them. */
export async function readOldNamesByPsgcCode(session: Session): Promise<OldName[]> {
  const { dialect, schema } = session;
  return read(
    session,
    "bookkeeping",
    dialect.sql
      .select("code", "name")
      .from(dialect.sql.raw(`${schema.bookkeeping.oldNames} as old`))
      .orderBy("code"),
  );
}

/** For each barangay of these municipalities: the names of region, province, municipality and barangay, and its code. */
export async function readScopePlaces(session: Session, municipalityIds: readonly number[]): Promise<string[][]> {
  const { idsFromJson } = session.dialect.expressions;
  const rows = await read<Record<"region" | "province" | "municipality" | "barangay" | "code", string>>(
    session,
    "bookkeeping",
    barangaysWithParents(session)
      .select({
        region: "region.name",
        province: "province.name",
        municipality: "municipality.name",
        barangay: "barangay.name",
        code: "barangay.code",
      })
      .whereRaw(`barangay.municipality_id in (select id from ${idsFromJson} as ids)`, [JSON.stringify(municipalityIds)])
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
