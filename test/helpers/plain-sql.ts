/**
 * Expected values, computed by plain statements and arithmetic that share only the names of tables and fields with the
 * program.
 */
import { createHash } from "node:crypto";
import { FIELDS, type Field } from "../../src/core/fields.ts";
import type { TestDatabase } from "./databases.ts";

/** Names and figures of a coverage by column, as text and numbers. */
export type Figures = Record<string, string | number | null>;

export type FiguresByCode = Record<string, Figures>;

/** Orders by code point, as the specification requires. */
export function byCodePoint(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** What each municipality's coverage should hold, by code: one plain group by, names sorted here. */
export async function expectedMunicipalities(database: TestDatabase): Promise<FiguresByCode> {
  const sums = await database.rows<Figures & { code: string }>(
    `select m.code, count(*) as total_obc_communities, ${FIELDS.map((f) => `sum(c.${f}) as ${f}`).join(", ")}
       from obc_communities c
       join barangays b on b.id = c.barangay_id
       join municipalities m on m.id = b.municipality_id
      where not c.is_deleted group by m.code`,
  );
  const names = await database.rows<{ code: string; name: string }>(
    `select m.code, b.name from obc_communities c
       join barangays b on b.id = c.barangay_id
       join municipalities m on m.id = b.municipality_id
      where not c.is_deleted`,
  );
  return Object.fromEntries(
    sums.map(({ code, ...figures }) => {
      const beneath = names.filter((row) => row.code === code).map(({ name }) => name);
      const key_barangays = [...new Set(beneath)].sort(byCodePoint).join(", ");
      return [code, { ...noNulls(figures), key_barangays }];
    }),
  );
}

/** What each province's coverage should hold, by code, if the municipality coverages are correct. */
export async function expectedProvinces(database: TestDatabase): Promise<FiguresByCode> {
  const summed = ["total_obc_communities", ...FIELDS];
  const sums = await database.rows<Figures & { code: string }>(
    `select p.code, count(*) as total_municipalities, ${summed.map((f) => `sum(v.${f}) as ${f}`).join(", ")}
       from municipality_coverages v
       join municipalities m on m.id = v.municipality_id
       join provinces p on p.id = m.province_id
      where not v.is_deleted group by p.code`,
  );
  const names = await database.rows<{ code: string; name: string }>(
    `select p.code, m.name from municipality_coverages v
       join municipalities m on m.id = v.municipality_id
       join provinces p on p.id = m.province_id
      where not v.is_deleted`,
  );
  return Object.fromEntries(
    sums.map(({ code, ...figures }) => {
      const beneath = names.filter((row) => row.code === code).map(({ name }) => name);
      return [code, { ...noNulls(figures), key_municipalities: beneath.sort(byCodePoint).join(", ") }];
    }),
  );
}

function noNulls(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([column, value]) => [column, value ?? 0]));
}

const STORED = {
  municipality: { columns: ["total_obc_communities", "key_barangays"], unit: "municipalities" },
  province: { columns: ["total_municipalities", "total_obc_communities", "key_municipalities"], unit: "provinces" },
} as const;

/** What the coverages of a level hold, by the unit's code. */
export async function storedCoverages(
  database: TestDatabase,
  level: "municipality" | "province",
): Promise<FiguresByCode> {
  const { columns, unit } = STORED[level];
  const rows = await database.rows<Figures & { code: string }>(
    `select u.code, ${[...columns, ...FIELDS].map((column) => `v.${column}`).join(", ")}
       from ${level}_coverages v join ${unit} u on u.id = v.${level}_id`,
  );
  return Object.fromEntries(rows.map(({ code, ...figures }) => [code, figures]));
}

/** A digest of every row of every table: two are equal if nothing was written in between. */
export function digest(database: TestDatabase): Promise<string> {
  return digestWithout(database, []);
}

/** A digest without timestamps and serial numbers: equal for two runs with the same result. */
export function contentDigest(database: TestDatabase): Promise<string> {
  return digestWithout(database, [...WHEN, "id"]);
}

const WHEN = ["created_at", "started_at", "updated_at", "finished_at", "duration_ms", "changed_at", "transaction_id"];

/** The ids of these tables depend on the order of writing; in other tables, rows refer to ids. */
const LOGS = ["obc_sync_runs", "obc_sync_change_log"];

/** The same of the communities and coverages only. */
export function unitsDigest(database: TestDatabase): Promise<string> {
  return digestWithout(database, WHEN, ["obc_communities", "municipality_coverages", "province_coverages"]);
}

async function digestWithout(
  database: TestDatabase,
  columns: readonly string[],
  tables?: readonly string[],
): Promise<string> {
  const hash = createHash("sha256");
  for (const table of tables ?? (await tablesOf(database))) {
    const without = LOGS.includes(table) ? columns : columns.filter((column) => column !== "id");
    hash.update(`${table} ${await tableDigest(database, table, without)}\n`);
  }
  return hash.digest("hex");
}

async function tablesOf(database: TestDatabase): Promise<string[]> {
  const tables = await database.rows<{ name: string }>(
    database.kind === "sqlite"
      ? "select name from sqlite_master where type = 'table' order by name"
      : "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  return tables.map(({ name }) => name).filter((name) => !/^(sqlite|knex)_/.test(name));
}

async function tableDigest(database: TestDatabase, table: string, without: readonly string[]): Promise<string> {
  if (database.kind === "postgres") {
    const [row] = await database.rows<{ digest: string }>(
      `select md5(string_agg(content, ' ' order by content)) as digest
         from (select (to_jsonb(t) - array[${without.map((column) => `'${column}'`).join(", ")}]::text[])::text as content
                 from ${table} t) as rows`,
    );
    return String(row?.digest);
  }
  const hash = createHash("md5");
  for (const row of await database.rows(`select * from ${table} order by 1`)) {
    for (const column of without) delete row[column];
    hash.update(JSON.stringify(row));
  }
  return hash.digest("hex");
}

/** Codes of the barangays of a municipality, in order. */
export async function barangaysOf(database: TestDatabase, municipalityCode: string): Promise<string[]> {
  const rows = await database.rows<{ code: string }>(
    `select b.code from barangays b join municipalities m on m.id = b.municipality_id where m.code = ? order by b.code`,
    municipalityCode,
  );
  return rows.map(({ code }) => code);
}

/** Adds a community without using the program, as another application would. */
export async function addCommunity(
  database: TestDatabase,
  barangayCode: string,
  figures: Partial<Record<Field, number | null>> = {},
): Promise<void> {
  const [barangay] = await database.rows<{ id: number }>("select id from barangays where code = ?", barangayCode);
  await database.knex("obc_communities").insert({ barangay_id: barangay?.id, ...figures });
}
