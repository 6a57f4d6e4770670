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
  "0002_bookkeeping.ts": "92a3ecca78cb424660a807ea699e4ccf48a55bfb2054bdfe818ca07a5ff19e56",
  "0003_heartbeat.ts": "9820fb95fcbf27debc0c00c7780776e3c077b66fe8acd780d8700cdfc95bb134",
  "citus.ts": "9e852437d37f6a72a0476d617955a3ac8b0396ba1b548ba35f5e53f635a6e1b8",
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
      const expected = dialectOf(database.knex).capture.triggers(nativeSchema);
      const present = await triggersOf(database);
      expect(Object.keys(present).sort()).toEqual(expected.map(({ name }) => name).sort());
      for (const { name, create } of expected) {
        const statements = create.join(";").replaceAll(" main.", " ");
        expect(withoutSpaces(statements)).toContain(withoutSpaces(present[name] as string));
      }
    });

    it("say what to do about the lock of a migration that was killed", async () => {
      await database.rows("update obc_sync_migrations_lock set is_locked = 1");
      await database.rows("delete from obc_sync_migrations where name <> '0001_tables'");
      for (const table of ["heartbeat", "run_values", "runs", "change_log", "old_names", "places"]) {
        await database.rows(`drop table obc_sync_${table}`);
      }
      const { exitCode, stderr } = await database.obcSync(["migrate"]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: another migration .*\nhint: .*update obc_sync_migrations_lock set is_locked = 0\n$/,
      );
      await database.rows("update obc_sync_migrations_lock set is_locked = 0");
      expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
    });

    it("stand beside knex_migrations of another program", async () => {
      await database.rows("create table knex_migrations (id integer primary key, name varchar(255))");
      await database.rows("insert into knex_migrations values (1, '20200101_theirs.js')");
      for (const args of [["migrate"], ["migrate", "--status"], ["sync"]]) {
        expect((await database.obcSync(args)).exitCode, args.join(" ")).toBe(0);
      }
    });

    it("can be taken back to nothing", async () => {
      await database.knex.migrate.rollback(migrationConfig(nativeSchema), true);
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
