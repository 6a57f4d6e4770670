/** What obc-sync leaves as it is on a database of OBCMS. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import type { CliResult } from "../../helpers/run-cli.ts";

const errorOf = (result: CliResult) => documentOf<ErrorDocument>(result).error;

/** The bytes of a SQLite file and the files beside it; on PostgreSQL every object and the number of rows written. */
async function stateOf(database: TestDatabase): Promise<unknown> {
  if (database.kind === "sqlite") {
    const digest = createHash("sha256").update(readFileSync(database.location)).digest("hex");
    const beside = readdirSync(dirname(database.location)).filter((name) =>
      database.location.endsWith(name.slice(0, 12)),
    );
    return { digest, beside };
  }
  return database.rows(
    `select c.relname, c.relkind, c.oid::text, (select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = c.oid) as columns,
            coalesce(n_tup_ins + n_tup_upd + n_tup_del, 0) as written
       from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
      where c.relnamespace = 'public'::regnamespace order by 1`,
  );
}

onEveryObcms("a database of OBCMS", (database) => {
  it.each([
    ["sync", "--dry-run"],
    ["sync", "--changed", "--dry-run"],
    ["sync", "--province", "Bukidnon", "--dry-run"],
    ["verify"],
    ["verify", "--region", "Region IX"],
    ["analyze"],
    ["history"],
    ["migrate", "--status"],
    ["community", "show", "Tangkulan, Damulog"],
    ["coverage", "show", "Damulog"],
  ])("is read before it is set up, and nothing in it changes: %j %j %j", async (...args) => {
    const before = await stateOf(database);
    const { exitCode, stderr } = await database.obcSync(args.filter((arg) => arg !== undefined));
    expect(stderr).toBe("");
    // verify and analyze have findings.
    expect(exitCode).toBe(["verify", "analyze"].includes(String(args[0])) ? 2 : 0);
    expect(await stateOf(database)).toEqual(before);
  });

  it.each([
    ["sync"],
    ["sync", "--changed"],
    ["coverage", "auto", "Cabanglasan"],
    ["community", "set", "Tangkulan, Damulog", "households=3"],
  ])("is not written to before it is set up: %s", async (...args) => {
    const before = await stateOf(database);
    const result = await database.obcSync([...args, "--json"]);
    expect(result.exitCode).toBe(1);
    const { code, message, hint } = errorOf(result);
    expect(code).toBe("DATABASE_NOT_MIGRATED");
    expect(message).toContain("obcms");
    expect(hint).toContain("obc-sync migrate");
    expect(await stateOf(database)).toEqual(before);
  });

  it("gets tables, indexes, triggers and functions named obc_sync_*, and nothing else", async () => {
    const objects = () =>
      database.rows<{ name: string; sql: string }>(
        database.kind === "sqlite"
          ? "select name, coalesce(sql, '') as sql from sqlite_master where name not like 'sqlite_%' and name not like 'obc_sync_%' order by 1"
          : `select relname as name, coalesce(pg_get_indexdef(i.indexrelid), '') || (select coalesce(string_agg(a.attname || format_type(a.atttypid, a.atttypmod) || a.attnotnull, ',' order by attnum), '')
                     from pg_attribute a where a.attrelid = c.oid) as sql
               from pg_class c left join pg_index i on i.indexrelid = c.oid
              where relnamespace = 'public'::regnamespace and relname not like 'obc_sync_%'
             union all select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace and proname not like 'obc_sync_%'
             union all select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal and tgname not like 'obc_sync_%' order by 1, 2`,
      );
    const before = await objects();
    expect(await database.obcSync(["migrate"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await objects()).toEqual(before);
    if (database.kind === "sqlite") {
      // A write-ahead log would be a change to the file for every other program.
      expect(await database.rows("pragma journal_mode")).toEqual([{ journal_mode: "delete" }]);
    }
    const status = await database.obcSync(["migrate", "--status", "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ schema: "obcms", pending: [] });
  });

  it("is never given the program's own tables", async () => {
    const before = await stateOf(database);
    for (const args of [
      ["migrate", "--schema", "native"],
      ["verify", "--schema", "native"],
    ]) {
      const result = await database.obcSync([...args, "--json"]);
      expect(result.exitCode).toBe(1);
      expect(errorOf(result).message).toContain('tables of the schema "obcms"');
    }
    expect(await stateOf(database)).toEqual(before);
  });

  it("is not given a second set of tables where those of an application are half there, or out of sight", async () => {
    await database.rows("alter table communities_obc_community rename to communities_elsewhere");
    const half = await database.obcSync(["migrate", "--json"]);
    expect(half.exitCode).toBe(1);
    expect(errorOf(half)).toMatchObject({ code: "SCHEMA_INCOMPLETE" });
    expect(errorOf(half).message).toContain("lacks communities_obc_community");
    await database.rows("alter table communities_elsewhere rename to communities_obc_community");
    if (database.kind === "sqlite") return;
    await database.rows("create schema obc");
    for (const { name } of await database.rows<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    )) {
      await database.rows(`alter table ${name} set schema obc`);
    }
    const hidden = await database.obcSync(["migrate", "--json"]);
    expect(hidden.exitCode).toBe(1);
    expect(errorOf(hidden).message).toContain('in "obc", which is not on the search path');
  });

  it("with tables of the program beside it says how to give these up", async () => {
    await database.obcSync(["migrate"]);
    await database.rows("update obc_sync_migrations set name = '0001_tables' where name = '0001_obcms'");
    const beside = await database.obcSync(["migrate", "--json"]);
    expect(beside.exitCode).toBe(1);
    expect(errorOf(beside).hint).toContain("obc-sync migrate --remove");
    expect((await database.obcSync(["migrate", "--remove", "--yes"])).exitCode).toBe(0);
    for (const args of [["migrate"], ["sync"], ["verify"]]) {
      expect((await database.obcSync(args)).exitCode, args.join(" ")).toBe(0);
    }
  });

  it("is refused, naming what is missing, if it has only some of the tables", async () => {
    await database.rows("drop table communities_provincecoverage");
    for (const args of [["migrate"], ["verify"], ["sync"]]) {
      const result = await database.obcSync([...args, "--json"]);
      expect(result.exitCode).toBe(1);
      expect(errorOf(result)).toMatchObject({ code: "SCHEMA_INCOMPLETE" });
      expect(errorOf(result).message).toContain("communities_provincecoverage");
    }
  });
});

onEveryObcms("the name of a schema", (database) => {
  it("may be given by flag and environment, and is refused if there is none of that name", async () => {
    expect((await database.obcSync(["migrate", "--schema", "obcms"])).exitCode).toBe(0);
    expect((await database.obcSync(["sync", "--schema", "obcms"])).exitCode).toBe(0);
    expect((await database.obcSync(["verify"], { env: { OBC_SYNC_SCHEMA: "obcms" } })).exitCode).toBe(0);
    const other = await database.obcSync(["verify", "--schema", "obcmss", "--json"]);
    expect(other.exitCode).toBe(1);
    expect(errorOf(other)).toMatchObject({ code: "USAGE", hint: "The schemas are: native, obcms" });
  });
});
