/** OBCMS's tables and indexes as Django 3.2 creates them, except that foreign keys get PostgreSQL's default names. */
import type { TestDatabase } from "../databases.ts";
import { type Column, KINDS, OBCMS_COLUMNS, type ObcmsTable } from "./columns.ts";

export function createObcmsTables(database: TestDatabase["kind"]): string[] {
  return (Object.keys(OBCMS_COLUMNS) as ObcmsTable[]).flatMap((table) => [
    createTable(table, database),
    ...Object.entries(INDEXED[table] ?? {}).map(
      ([column, digits]) => `CREATE INDEX "${table}_${column}_${digits}" ON "${table}" ("${column}")`,
    ),
    ...(database === "postgres" ? createPatternIndex(table) : []),
  ]);
}

function createTable(table: ObcmsTable, database: TestDatabase["kind"]): string {
  const columns = OBCMS_COLUMNS[table].map((column) => {
    const definition = KINDS[column.kind][database].replace("#", String(column.length)).replaceAll("%", column.name);
    return [`"${column.name}"`, definition, ...constraintsOf(table, column)].join(" ");
  });
  return `CREATE TABLE "${table}" (${[...columns, ...(TABLE_CONSTRAINTS[table] ?? [])].join(", ")})`;
}

function constraintsOf(table: ObcmsTable, { name, kind }: Column): string[] {
  const constraints: string[] = [];
  if (UNIQUE[table] === name) constraints.push("UNIQUE");
  if (kind === "key" || kind === "key?") {
    const referenced = REFERENCED[name] ?? "auth_user";
    constraints.push(`REFERENCES "${referenced}" ("id") DEFERRABLE INITIALLY DEFERRED`);
  }
  return constraints;
}

/** Django adds it so that LIKE 'prefix%' can use an index with any collation. */
function createPatternIndex(table: ObcmsTable): string[] {
  const digits = PATTERNS[table];
  if (digits === undefined) return [];
  return [`CREATE INDEX "${table}_code_${digits}_like" ON "${table}" ("code" varchar_pattern_ops)`];
}

const REFERENCED: Record<string, ObcmsTable> = {
  region_id: "common_region",
  province_id: "common_province",
  municipality_id: "common_municipality",
  barangay_id: "common_barangay",
};

const UNIQUE: Partial<Record<ObcmsTable, string>> = {
  auth_user: "username",
  common_region: "code",
  common_province: "code",
  common_municipality: "code",
  common_barangay: "code",
  communities_municipalitycoverage: "municipality_id",
  communities_provincecoverage: "province_id",
};

const TABLE_CONSTRAINTS: Partial<Record<ObcmsTable, string[]>> = {
  communities_obc_community: ['CONSTRAINT "unique_obccommunity_per_barangay" UNIQUE ("barangay_id")'],
};

/** The digits at the end of an index's name, which Django derives from table and column, by column. */
const INDEXED: Partial<Record<ObcmsTable, Record<string, string>>> = {
  common_province: { region_id: "057df50a" },
  common_municipality: { province_id: "00ff7b88" },
  common_barangay: { municipality_id: "1fb9998b" },
  communities_obc_community: { barangay_id: "5701ebce", deleted_by_id: "9180485f" },
  communities_municipalitycoverage: {
    created_by_id: "a7122671",
    deleted_by_id: "9244c3bf",
    updated_by_id: "a7153dbd",
  },
  communities_provincecoverage: {
    created_by_id: "daf70176",
    deleted_by_id: "a2ad3972",
    submitted_by_id: "e6870491",
    updated_by_id: "0cdaf2d6",
  },
};

const PATTERNS: Partial<Record<ObcmsTable, string>> = {
  common_region: "27eeb212",
  common_province: "03e67bda",
  common_municipality: "9616da03",
  common_barangay: "af6dd9cd",
};
