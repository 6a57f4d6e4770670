import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialectOf } from "../../../src/db/connection/dialect-of.ts";
import { migrationConfig } from "../../../src/db/schema/migration-source.ts";
import { nativeSchema } from "../../../src/db/schema/native.ts";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { projectFolder } from "../../helpers/project.ts";

const folder = join(projectFolder, "migrations");

/** SHA-256 of each file. A released migration never changes: a change to the tables is a new file. */
const DIGESTS: Record<string, string> = {
  "0001_tables.ts": "68b5b96a1dab563c2c5fe300e8683bc219f0ef944f63eacb16ce3add2d865edb",
  "0002_bookkeeping.ts": "3077f5becfdb8f1237503fb6f43d2968946e8d3f079b5b249f2ce9992a9ca19c",
  "0003_change_capture.ts": "8f833a98161bef287e78fa1a231a3a629592d6a6b87d43052b6c56cff54e1b3c",
};

describe("migrations", () => {
  it("have exactly the digests that are listed here", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
    const digests = files.map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n"))
        .digest("hex"),
    ]);
    expect(Object.fromEntries(digests)).toEqual(DIGESTS);
  });
});

const NATIVE_TABLES = [
  "barangays",
  "municipalities",
  "municipality_coverages",
  "obc_communities",
  "province_coverages",
  "provinces",
  "regions",
];

onEveryDatabase(
  "a migrated database",
  (database) => {
    it("has the schema's tables, and all other objects are named obc_sync_*", async () => {
      const objects = await objectsOf(database);
      const tables = objects.filter(({ kind }) => kind === "table").map(({ name }) => name);
      expect(tables.filter((name) => !name.startsWith("obc_sync_")).sort()).toEqual(NATIVE_TABLES);
      const others = objects.filter(({ kind, on }) => kind !== "table" && !NATIVE_TABLES.includes(on));
      expect(others.filter(({ name }) => !name.startsWith("obc_sync_"))).toEqual([]);
      const marks = objects.filter(({ kind, name }) => kind === "trigger" && !name.startsWith("obc_sync_"));
      expect(marks).toEqual([]);
    });

    it("has exactly the triggers that this version expects", async () => {
      const expected = dialectOf(database.knex).triggers(nativeSchema);
      const present = await triggersOf(database);
      expect(Object.keys(present).sort()).toEqual(expected.map(({ name }) => name).sort());
      for (const { name, create } of expected) {
        expect(withoutSpaces(create[0] as string)).toContain(withoutSpaces(present[name] as string));
      }
    });

    it("can be rolled back to an empty database", async () => {
      await database.knex.migrate.rollback(migrationConfig, true);
      const left = (await objectsOf(database)).filter(({ kind }) => kind === "table").map(({ name }) => name);
      expect(left.filter((name) => !name.startsWith("obc_sync_migrations"))).toEqual([]);
    });
  },
  { stage: "migrated" },
);

interface DatabaseObject {
  kind: "table" | "index" | "trigger" | "function";
  name: string;
  /** The table that it belongs to. */
  on: string;
}

async function objectsOf(database: TestDatabase): Promise<DatabaseObject[]> {
  return database.rows<DatabaseObject>(
    database.kind === "sqlite"
      ? `select type as kind, name, tbl_name as "on" from sqlite_master where name not like 'sqlite_%'`
      : `select case relkind when 'r' then 'table' else 'index' end as kind, relname as name,
                coalesce(i.indrelid::regclass::text, relname) as "on"
           from pg_class c left join pg_index i on i.indexrelid = c.oid
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')
         union all
         select 'trigger', tgname, tgrelid::regclass::text from pg_trigger where not tgisinternal
         union all
         select 'function', proname, '' from pg_proc where pronamespace = 'public'::regnamespace`,
  );
}

/** What each trigger does, by its name: its statement on SQLite, the body of its function on PostgreSQL. */
async function triggersOf(database: TestDatabase): Promise<Record<string, string>> {
  const rows = await database.rows<{ name: string; body: string }>(
    database.kind === "sqlite"
      ? "select name, sql as body from sqlite_master where type = 'trigger'"
      : `select t.tgname as name, p.prosrc as body from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where not t.tgisinternal`,
  );
  return Object.fromEntries(rows.map(({ name, body }) => [name, body]));
}

function withoutSpaces(sql: string): string {
  return sql.replace(/\s+/g, "").toLowerCase();
}
