/** Makes a small database of OBCMS without the program. All figures are made up. */
import type { Knex } from "knex";
import { beforeEach } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { onEveryDatabase, type TestDatabase } from "../databases.ts";
import type { ObcmsTable } from "./columns.ts";
import { createObcmsTables } from "./create-tables.ts";
import { placeCodes } from "./place-codes.ts";
import { OBCMS_PROVINCES, OBCMS_REGIONS, type ObcmsMunicipality, type StoredCoverage } from "./places.ts";
import { obcmsRow, type Row } from "./row.ts";

/** Runs the same tests on SQLite and on PostgreSQL, each on a new database of OBCMS. */
export function onEveryObcms(name: string, suite: (database: TestDatabase) => void): void {
  const withTables = (database: TestDatabase) => {
    beforeEach(() => makeObcms(database));
    suite(database);
  };
  onEveryDatabase(name, withTables, { stage: "empty" });
}

/** Creates and fills OBCMS's tables in an empty database. The coverages have not been synced. */
export async function makeObcms(database: TestDatabase): Promise<void> {
  await database.knex.transaction(async (sql) => {
    for (const statement of createObcmsTables(database.kind)) await sql.raw(statement);
    for (const [table, rows] of Object.entries(rowsOfTables()) as [ObcmsTable, Row[]][]) {
      await sql(table).insert(rows.map((row) => obcmsRow(database.kind, table, row)));
      if (database.kind === "postgres") await continueSequence(sql, table);
    }
  });
}

/** Inserting explicit ids does not advance the sequence. */
async function continueSequence(sql: Knex, table: string): Promise<void> {
  await sql.raw("select setval(pg_get_serial_sequence(?, 'id'), (select max(id) from ??))", [table, table]);
}

const ENCODER = 7;

/** Ids differ between tables, so that a query that confuses them finds nothing. */
function rowsOfTables(): Partial<Record<ObcmsTable, Row[]>> {
  const tables = {
    auth_user: [{ id: ENCODER, username: "encoder" }],
    common_region: Object.entries(OBCMS_REGIONS).map(([code, name], index) => ({ id: 11 + index, code, name })),
    common_province: [] as Row[],
    common_municipality: [] as Row[],
    common_barangay: [] as Row[],
    communities_obc_community: [] as Row[],
    communities_municipalitycoverage: [] as Row[],
    communities_provincecoverage: [] as Row[],
  };
  const codes = placeCodes();
  for (const { region, code, name, coverage, municipalities } of OBCMS_PROVINCES) {
    const region_id = 11 + Object.keys(OBCMS_REGIONS).indexOf(region);
    const province_id = next(tables.common_province, 21, { code, name, region_id });
    const counts = { total_municipalities: 9, total_obc_communities: 70, key_municipalities: "Old Name" };
    if (coverage) {
      next(tables.communities_provincecoverage, 701, { province_id, ...stored(coverage, counts) });
    }
    for (const municipality of municipalities) {
      const municipalityCode = codes.take(`${code}_${municipality.name}`);
      const row = { code: municipalityCode, name: municipality.name, province_id };
      const municipality_id = next(tables.common_municipality, 101, row);
      if (municipality.coverage) {
        const values = stored(municipality.coverage, { total_obc_communities: 7, key_barangays: "Old Name" });
        next(tables.communities_municipalitycoverage, 501, { municipality_id, ...values });
      }
      for (const [index, barangay] of municipality.barangays.split("; ").entries()) {
        const barangayCode = codes.take(`${municipalityCode}_${barangay}`);
        const barangay_id = next(tables.common_barangay, 1001, { code: barangayCode, name: barangay, municipality_id });
        if (index < municipality.communities) {
          const number = tables.communities_obc_community.length;
          next(tables.communities_obc_community, 3001, { barangay_id, ...community(number, municipality) });
        }
      }
    }
  }
  return tables;
}

function next(rows: Row[], firstId: number, row: Row): number {
  const id = firstId + rows.length;
  rows.push({ id, ...row });
  return id;
}

const DELETED = { is_deleted: true, deleted_at: "2026-01-06 09:30:00", deleted_by_id: ENCODER };

function community(number: number, { allCommunities }: ObcmsMunicipality): Row {
  const isArchived = allCommunities === "archived" || number % 9 === 8;
  return {
    ...figures((index) => {
      const isBlank = allCommunities === "blank" || (number + index) % 11 === 10;
      return isBlank ? null : ((number + 1) * (index + 3)) % 97;
    }),
    obc_id: `OBC-${number}`,
    // A whole second, which Django writes on SQLite without a fraction.
    updated_at: "2026-01-06 09:00:00",
    ...(isArchived ? DELETED : {}),
  };
}

function stored({ manual, archived, blank }: StoredCoverage, counts: Row): Row {
  return {
    ...figures((index) => (blank ? null : 900 + index)),
    ...(blank ? {} : counts),
    auto_sync: !manual,
    existing_support_programs: "Literacy classes",
    ...(archived ? DELETED : {}),
  };
}

/** Columns that are NOT NULL in OBCMS. */
const NEVER_NULL = ["mosques_count", "madrasah_count", "asatidz_count", "religious_leaders_count"];

function figures(figure: (index: number) => number | null): Row {
  return Object.fromEntries(
    FIELDS.map((field, index) => [field, figure(index) ?? (NEVER_NULL.includes(field) ? 0 : null)]),
  );
}
