/**
 * Another schema must need only another Schema value. This one has other names for tables and columns, and a column that
 * an INSERT must fill; every operation that names the tables works on it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { dialectOf } from "../../../src/db/connection/dialect-of.ts";
import { nativeSchema } from "../../../src/db/schema/native.ts";
import type { BaseTable, Schema, TableName } from "../../../src/db/schema/schema.ts";
import {
  analyze,
  createCommunity,
  importCommunities,
  type OperationOptions,
  setAutoSync,
  sync,
  syncChanged,
  verify,
} from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const RENAMED: TableName[] = ["obc_communities", "municipality_coverages", "province_coverages"];
const COLUMNS = { households: "hh", is_deleted: "archived_flag", updated_at: "changed_on" };
const own = (column: string) => (COLUMNS as Record<string, string>)[column] ?? column;

onEveryDatabase(
  "tables with other names",
  (database) => {
    it("are synced, verified, analyzed and imported into", async () => {
      const schema = await renameTables(database);
      const { knex } = database;
      // The public option is a name; inside, a value has the same place.
      const options = { schema } as unknown as OperationOptions;
      await database.rows(`update other_obc_communities set hh = coalesce(hh, 0) + 1`);

      const { plan } = await sync(knex, options);
      expect(plan.municipalities).toMatchObject({ created: 0, updated: 109 });
      expect((await verify(knex, options)).drift).toEqual([]);
      await expectHouseholds(database);

      await createCommunity(knex, "1001301001", { households: 11, women_count: 4 }, options);
      const file = join(temporaryFolder(), "one.csv");
      writeFileSync(file, "barangay_code,households\n1001301002,5\n1001302001,7\n");
      const imported = await importCommunities(knex, { file, ...options });
      expect(imported).toMatchObject({ created: 1, updated: 1, rejected: 0 });
      await setAutoSync(knex, { level: "municipality", unit: "Baungon" }, false, options);
      await setAutoSync(knex, { level: "municipality", unit: "Baungon" }, true, options);

      await database.rows("update other_obc_communities set hh = hh + 1 where barangay_id % 7 = 0");
      await syncChanged(knex, options);
      expect((await verify(knex, options)).drift).toEqual([]);
      await expectHouseholds(database);
      const [left] = await database.rows<{ n: number }>("select count(*) as n from obc_sync_change_log");
      expect(left?.n).toBe(0);
      const report = await analyze(knex, options);
      expect(report.checks.filter(({ severity, count }) => severity === "error" && count > 0)).toEqual([]);
    });
  },
  { stage: "example" },
);

/** By plain SQL on the renamed tables. */
async function expectHouseholds(database: TestDatabase): Promise<void> {
  const rows = await database.rows<{ stored: number; expected: number }>(
    `select v.hh as stored, sum(coalesce(c.hh, 0)) as expected
       from other_municipality_coverages v
       join barangays b on b.municipality_id = v.municipality_id
       join other_obc_communities c on c.barangay_id = b.id
      where not c.archived_flag group by v.municipality_id, v.hh`,
  );
  expect(rows.length).toBeGreaterThan(100);
  for (const { stored, expected } of rows) expect(stored).toBe(Number(expected));
}

/** Renames tables and columns, adds a column that must be filled, and recreates the triggers. */
async function renameTables(database: TestDatabase): Promise<Schema> {
  const { capture } = dialectOf(database.knex);
  for (const statement of capture.triggers(nativeSchema).flatMap(({ drop }) => drop)) await database.rows(statement);
  for (const table of RENAMED) {
    await database.rows(`alter table ${table} rename to other_${table}`);
    for (const [native, name] of Object.entries(COLUMNS)) {
      await database.rows(`alter table other_${table} rename column ${native} to ${name}`);
    }
    await requireColumn(database, `other_${table}`);
  }
  const schema = otherSchema(database);
  await database.knex.transaction(async (transaction) => {
    const missing = capture.triggers(schema).map((trigger) => ({ trigger, problem: "missing" }) as const);
    for (const { sql, bindings } of capture.putBack(schema, missing)) await transaction.raw(sql, bindings as string[]);
  });
  return schema;
}

/** Adds is_active, NOT NULL and without a default. */
async function requireColumn(database: TestDatabase, table: string): Promise<void> {
  if (database.kind === "postgres") {
    await database.rows(`alter table ${table} add column is_active boolean`);
    await database.rows(`update ${table} set is_active = true`);
    await database.rows(`alter table ${table} alter column is_active set not null`);
    return;
  }
  const [{ sql } = { sql: "" }] = await database.rows<{ sql: string }>(
    "select sql from sqlite_master where name = ?",
    table,
  );
  await database.rows(`create table copied as select *, 1 as is_active from ${table}`);
  await database.rows(`drop table ${table}`);
  await database.rows(sql.replace(/\) strict$/i, ", is_active integer not null) strict"));
  await database.rows(`insert into ${table} select * from copied`);
  await database.rows("drop table copied");
}

function otherSchema({ kind }: TestDatabase): Schema {
  const base = (table: TableName): BaseTable => ({
    name: `other_${table}`,
    columns: COLUMNS,
    otherKeys: [],
    fill: { is_active: "true" },
    unfillable: {},
    optional: {},
  });
  const version = kind === "postgres" ? ", xmin" : "";
  const relation = (table: TableName, columns: string[]) =>
    `(select ${columns.map((column) => `${own(column)} as ${column}`).join(", ")}${table === "obc_communities" ? "" : version} from other_${table})`;
  const lifecycle = ["is_deleted", "deleted_at", "created_at", "updated_at"];
  const coverage = [...FIELDS, "total_obc_communities", "existing_support_programs", "auto_sync", ...lifecycle];
  return {
    ...nativeSchema,
    relations: {
      ...nativeSchema.relations,
      obc_communities: relation("obc_communities", [
        "barangay_id",
        "community_names",
        "notes",
        "obc_id",
        "settlement_type",
        "primary_ethnolinguistic_group",
        "proximity_to_barmm",
        "source_document_reference",
        "latitude",
        "longitude",
        ...FIELDS,
        ...lifecycle,
      ]),
      municipality_coverages: relation("municipality_coverages", ["municipality_id", "key_barangays", ...coverage]),
      province_coverages: relation("province_coverages", [
        "province_id",
        "total_municipalities",
        "key_municipalities",
        ...coverage,
      ]),
    },
    tables: {
      ...nativeSchema.tables,
      obc_communities: base("obc_communities"),
      municipality_coverages: base("municipality_coverages"),
      province_coverages: base("province_coverages"),
    },
  };
}
