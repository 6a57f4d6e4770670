/** Change capture on the tables of OBCMS: what other programs write, and what Django's migrations do to the triggers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onServer } from "../../helpers/database-templates.ts";
import { type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type SyncDocument } from "../../helpers/documents.ts";
import { makeObcms, onEveryObcms } from "../../helpers/obcms/make-obcms.ts";
import { expectObcmsInStep } from "../../helpers/obcms/plain-sql.ts";
import { projectFolder } from "../../helpers/project.ts";
import { runCli } from "../../helpers/run-cli.ts";

const of = (municipality: string) => `(select id from common_municipality where code = '${municipality}')`;
const barangaysOf = (municipality: string) =>
  `(select id from common_barangay where municipality_id = ${of(municipality)})`;

const WRITES: Record<string, string> = {
  "an update of one community": `update communities_obc_community set households = 901 where barangay_id = (
    select min(barangay_id) from communities_obc_community where not is_deleted)`,
  "an update of all communities": "update communities_obc_community set families = coalesce(families, 0) + 1",
  "an archived community": `update communities_obc_community set is_deleted = true where barangay_id in ${barangaysOf("BUKIDNON_BAUNGON")}`,
  "deleted communities": `delete from communities_obc_community where barangay_id in ${barangaysOf("BUKIDNON_DAMULOG")}`,
  "a community in another barangay": `update communities_obc_community set barangay_id = (
      select id from common_barangay where code like 'LANAO_DEL_NORTE_KOLAMBUGAN%' order by id limit 1)
    where barangay_id = (select min(barangay_id) from communities_obc_community where not is_deleted)`,
  "a moved barangay": `update common_barangay set municipality_id = ${of("LANAO_DEL_NORTE_BALOI")}
    where id = (select min(id) from common_barangay where municipality_id = ${of("BUKIDNON_BAUNGON")})`,
  "a moved municipality": `update common_municipality set province_id = (select id from common_province where code = 'LANAO_DEL_NORTE')
    where code = 'BUKIDNON_BAUNGON'`,
  "a renamed barangay": `update common_barangay set name = 'Another' where id in ${barangaysOf("BUKIDNON_BAUNGON")}`,
  "a spoiled coverage": `update communities_municipalitycoverage set households = 77 where municipality_id = ${of("BUKIDNON_BAUNGON")}`,
  "a coverage that is automatic again": `update communities_municipalitycoverage set auto_sync = true, is_deleted = false`,
  "a deleted coverage": `delete from communities_municipalitycoverage where municipality_id = ${of("BUKIDNON_BAUNGON")}`,
  "a spoiled coverage of a province":
    "update communities_provincecoverage set households = 77 where auto_sync and not is_deleted",
};

async function setUp(database: TestDatabase): Promise<void> {
  expect((await database.obcSync(["migrate"])).exitCode).toBe(0);
  expect((await database.obcSync(["sync"])).exitCode).toBe(0);
}

async function syncChanged(database: TestDatabase, ...args: string[]) {
  return documentOf<SyncDocument & { repaired: Array<{ trigger: string; problem: string }> }>(
    await database.obcSync(["sync", "--changed", "--json", ...args]),
  );
}

onEveryObcms("a change to OBCMS by another program", (database) => {
  it.each(Object.entries(WRITES))("is captured: %s", async (_, sql) => {
    await setUp(database);
    await database.rows(sql);
    const { changes, repaired } = await syncChanged(database);
    expect(repaired).toEqual([]);
    expect(changes).not.toEqual([]);
    await expectObcmsInStep(database);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
  });

  it("is not stopped by a figure that a migration has renamed, and the error names the column", async () => {
    await setUp(database);
    await database.rows("alter table communities_obc_community rename column households to households_total");
    await database.rows("update communities_obc_community set households_total = 3");
    await database.rows("update communities_municipalitycoverage set families = 3");
    for (const args of [["sync", "--changed"], ["sync"], ["verify"]]) {
      const { exitCode, stderr } = await database.obcSync(args);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/lack the column [\w.]*households\n/);
    }
    await database.rows("alter table communities_obc_community rename column households_total to households");
    await syncChanged(database);
    await expectObcmsInStep(database);
  });
});

describe("Django's migrations", () => {
  const sqlite = useDatabase("sqlite", { stage: "empty" });

  it("are not the only surprise: REPLACE removes the community of another barangay if its id is the same", async () => {
    await makeObcms(sqlite);
    await setUp(sqlite);
    const columns = (
      await sqlite.rows<{ name: string }>("select name from pragma_table_info('communities_obc_community')")
    )
      .map(({ name }) => name)
      .filter((name) => name !== "barangay_id");
    await sqlite.rows(
      `replace into communities_obc_community (${columns.join(", ")}, barangay_id)
       select ${columns.join(", ")}, (select max(id) from common_barangay where municipality_id = ${of("LANAO_DEL_NORTE_KOLAMBUGAN")})
         from communities_obc_community where barangay_id = (select min(id) from common_barangay)`,
    );
    await syncChanged(sqlite);
    await expectObcmsInStep(sqlite);
    await sqlite.rows(
      `update or replace communities_obc_community set id = (select id from communities_obc_community order by barangay_id limit 1)
        where id = (select max(id) from communities_obc_community)`,
    );
    await syncChanged(sqlite);
    await expectObcmsInStep(sqlite);
  });

  it("rebuild a table of SQLite: its triggers are missed, put back, and nothing is lost", async () => {
    await makeObcms(sqlite);
    await setUp(sqlite);
    const [{ sql } = { sql: "" }] = await sqlite.rows<{ sql: string }>(
      "select sql from sqlite_master where name = 'communities_obc_community'",
    );
    // As Django does it to alter a column.
    await sqlite.rows("pragma foreign_keys = off");
    await sqlite.rows(sql.replace("communities_obc_community", "new__communities_obc_community"));
    await sqlite.rows("insert into new__communities_obc_community select * from communities_obc_community");
    await sqlite.rows("drop table communities_obc_community");
    await sqlite.rows("alter table new__communities_obc_community rename to communities_obc_community");
    await sqlite.rows("update communities_obc_community set households = 12");

    const refused = await sqlite.obcSync(["sync", "--changed", "--no-repair"]);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain("missing: obc_sync_communities_delete");
    const { repaired } = await syncChanged(sqlite);
    expect(repaired.map(({ problem }) => problem)).toContain("missing");
    await expectObcmsInStep(sqlite);
    await sqlite.rows("update communities_obc_community set households = 13");
    expect((await syncChanged(sqlite)).repaired).toEqual([]);
    await expectObcmsInStep(sqlite);
  });

  const postgres = useDatabase("postgres", { stage: "empty" });

  it("change types on PostgreSQL and drop columns, with the triggers in place", async () => {
    await makeObcms(postgres);
    await setUp(postgres);
    for (const statement of [
      "alter table communities_obc_community alter column households type bigint",
      "alter table communities_obc_community alter column barangay_id type bigint",
      "alter table communities_municipalitycoverage alter column obc_id type varchar(90)",
      "alter table communities_obc_community drop column leader_contact cascade",
      "alter table communities_obc_community add column remarks varchar(9) default '' not null",
    ]) {
      await postgres.rows(statement);
    }
    await postgres.rows("update communities_obc_community set households = 12");
    expect((await syncChanged(postgres)).repaired).toEqual([]);
    await expectObcmsInStep(postgres);
  });

  it("are not needed for the account of docs/obcms-role.sql, which has the rights that it needs", async () => {
    await makeObcms(postgres);
    const role = `obc_sync_role_${process.pid}`;
    const script = readFileSync(join(projectFolder, "docs/obcms-role.sql"), "utf8").replaceAll(":role", role);
    const url = new URL(postgres.location);
    url.username = role;
    url.password = "secret";
    try {
      await onServer(postgres.location, script);
      await onServer(postgres.location, `alter role ${role} password 'secret'`);
      const run = (...args: string[]) => runCli(args, { database: url.toString() });
      const migrated = await run("migrate");
      expect(migrated).toMatchObject({ exitCode: 0, stderr: "" });
      // The indexes need the owner of the tables.
      expect(migrated.stdout).toContain("create index obc_sync_barangays_municipality_id_name on common_barangay");
      for (const args of [
        ["sync"],
        ["verify"],
        ["sync", "--changed"],
        ["community", "set", "Tangkulan, Damulog", "households=3"],
        ["coverage", "auto", "Cabanglasan"],
        ["coverage", "manual", "Kolambugan"],
        ["migrate", "--remove", "--yes"],
      ]) {
        expect(await run(...args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
      }
    } finally {
      await postgres.rows(`drop owned by ${role}`);
      await postgres.rows(`drop role ${role}`);
    }
  });
});
