/** What the coverages of OBCMS should hold, by plain SQL. */
import { expect } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import type { TestDatabase } from "../databases.ts";

export type Row = Record<string, string | number | null>;

/** OBCMS leaves the population of an automatic coverage blank. */
const SUMMED = FIELDS.filter((field) => field !== "estimated_obc_population");

/** The distinct names of a query, in the order of the database's own collation. */
function names(database: TestDatabase, query: string): string {
  return database.kind === "sqlite"
    ? `(select group_concat(name, ', ') from (select distinct name from (${query}) order by name))`
    : `(select string_agg(distinct name, ', ' order by name) from (${query}) named)`;
}

const ofMunicipality = `from communities_obc_community c join common_barangay b on b.id = c.barangay_id
  where b.municipality_id = m.id and not c.is_deleted`;
const ofProvince = `from communities_municipalitycoverage v join common_municipality m on m.id = v.municipality_id
  where m.province_id = p.id and not v.is_deleted`;

const sums = (table: string, from: string) =>
  SUMMED.map((field) => `(select coalesce(sum(${table}.${field}), 0) ${from}) as ${field}`).join(", ");

/** Every municipality that has any community, or an automatic coverage. */
export function expectedMunicipalities(database: TestDatabase): Promise<Row[]> {
  return database.rows<Row>(
    `select m.code, (select count(*) ${ofMunicipality}) as total_obc_communities, null as estimated_obc_population,
            coalesce(${names(database, `select b.name ${ofMunicipality}`)}, '') as key_barangays, ${sums("c", ofMunicipality)}
       from common_municipality m
       left join communities_municipalitycoverage v on v.municipality_id = m.id
      where (v.id is null or v.auto_sync and not v.is_deleted)
        and (v.id is not null or exists (select 1 from communities_obc_community c
              join common_barangay b on b.id = c.barangay_id where b.municipality_id = m.id))
      order by m.code`,
  );
}

export function expectedProvinces(database: TestDatabase): Promise<Row[]> {
  return database.rows<Row>(
    `select p.code, (select count(*) ${ofProvince}) as total_municipalities,
            (select coalesce(sum(v.total_obc_communities), 0) ${ofProvince}) as total_obc_communities,
            null as estimated_obc_population,
            coalesce(${names(database, `select m.name ${ofProvince}`)}, '') as key_municipalities, ${sums("v", ofProvince)}
       from common_province p join communities_provincecoverage v on v.province_id = p.id
      where v.auto_sync and not v.is_deleted order by p.code`,
  );
}

export function storedCoverages(database: TestDatabase, level: "municipality" | "province"): Promise<Row[]> {
  const own = level === "municipality" ? ["key_barangays"] : ["total_municipalities", "key_municipalities"];
  const columns = ["total_obc_communities", "estimated_obc_population", ...own, ...SUMMED];
  return database.rows<Row>(
    `select unit.code, ${columns.map((column) => `v.${column}`).join(", ")}
       from communities_${level}coverage v join common_${level} unit on unit.id = v.${level}_id
      where v.auto_sync and not v.is_deleted order by unit.code`,
  );
}

/** Expects every automatic coverage to equal what plain SQL computes. */
export async function expectObcmsInStep(database: TestDatabase): Promise<void> {
  expect(await storedCoverages(database, "municipality")).toEqual(await expectedMunicipalities(database));
  expect(await storedCoverages(database, "province")).toEqual(await expectedProvinces(database));
}
