import { BarangayIndex } from "../../core/places/barangay-index.ts";
import {
  type DirectoryBarangay,
  type DirectoryMunicipality,
  type OldName,
  PlaceDirectory,
} from "../../core/places/place-directory.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { barangaysWithParents, municipalitiesWithParents } from "./place-joins.ts";

/** Every barangay by its code. */
export async function readBarangayIndex(session: Session): Promise<BarangayIndex> {
  const { sql } = session.dialect;
  const barangays = () => sql.from(aliased(session, "barangays", "barangay"));
  const [counted] = await read<{ barangays: number | string }>(
    session,
    "bookkeeping",
    barangays().count({ barangays: "*" }),
  );
  const index = new BarangayIndex(Number(counted?.barangays));
  const query = barangays().select("id", "code", "population").orderBy("code");
  await streamRows(session, "bookkeeping", query, (row) => {
    const population = row.value("population");
    index.add(Number(row.value("id")), String(row.value("code")), population === null ? null : Number(population));
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
  const municipalities = await read<DirectoryMunicipality>(
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
        regionCode: "region.code",
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
  return new PlaceDirectory(municipalities, barangays, await readOldNames(session));
}

export async function readOldNames(session: Session): Promise<OldName[]> {
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
