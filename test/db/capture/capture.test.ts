import { describe, expect, it } from "vitest";
import { previewSync, sync, verify } from "../../../src/index.ts";
import { onEveryDatabase, useDatabase } from "../../helpers/databases.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";

/** Each statement, and the municipalities and provinces that the next `sync --changed` must check. */
const CAUGHT: Array<{ name: string; sql: string; municipalities: string[]; provinces?: string[] }> = [
  {
    name: "a new community",
    sql: "insert into obc_communities (barangay_id, households) select id, 5 from barangays where code = '1001301013'",
    municipalities: ["1001301000"],
  },
  {
    name: "a figure",
    sql: "update obc_communities set households = 77 where barangay_id = (select id from barangays where code = '1001301001')",
    municipalities: ["1001301000"],
  },
  {
    name: "an archived community",
    sql: "update obc_communities set is_deleted = true where barangay_id = (select id from barangays where code = '1001301001')",
    municipalities: ["1001301000"],
  },
  {
    name: "a removed community",
    sql: "delete from obc_communities where barangay_id = (select id from barangays where code = '1001301001')",
    municipalities: ["1001301000"],
  },
  {
    name: "a community moved to another barangay",
    sql: `update obc_communities set barangay_id = (select id from barangays where code = '1001302001')
           where barangay_id = (select id from barangays where code = '1001301001')`,
    municipalities: ["1001301000", "1001302000"],
  },
  {
    name: "a bulk statement",
    sql: `update obc_communities set households = coalesce(households, 0) + 1 where barangay_id in
           (select id from barangays where code like '10013010%')`,
    municipalities: ["1001301000"],
  },
  {
    name: "a renamed barangay",
    sql: "update barangays set name = 'Another' where code = '1001301001'",
    municipalities: ["1001301000"],
  },
  {
    name: "a barangay moved to another municipality",
    sql: `update barangays set municipality_id = (select id from municipalities where code = '1001302000')
           where code = '1001301001'`,
    municipalities: ["1001301000", "1001302000"],
  },
  {
    name: "a renamed municipality",
    sql: "update municipalities set name = 'Another' where code = '1001301000'",
    municipalities: [],
    provinces: ["1001300000"],
  },
  {
    name: "a municipality moved to another province",
    sql: `update municipalities set province_id = (select id from provinces where code = '1004200000')
           where code = '1001301000'`,
    municipalities: [],
    provinces: ["1001300000", "1004200000"],
  },
  {
    name: "a municipality coverage turned manual and edited",
    sql: `update municipality_coverages set auto_sync = false, households = 9
           where municipality_id = (select id from municipalities where code = '1001301000')`,
    municipalities: ["1001301000"],
  },
  {
    name: "an archived municipality coverage",
    sql: `update municipality_coverages set is_deleted = true
           where municipality_id = (select id from municipalities where code = '1001301000')`,
    municipalities: ["1001301000"],
  },
  {
    name: "a municipality coverage edited without sync",
    sql: `update municipality_coverages set households = 9
           where municipality_id = (select id from municipalities where code = '1001301000')`,
    municipalities: ["1001301000"],
  },
  {
    name: "a deleted municipality coverage",
    sql: `delete from municipality_coverages
           where municipality_id = (select id from municipalities where code = '1001301000')`,
    municipalities: ["1001301000"],
  },
  {
    name: "a province coverage edited without sync",
    sql: `update province_coverages set households = 9
           where province_id = (select id from provinces where code = '1001300000')`,
    municipalities: [],
    provinces: ["1001300000"],
  },
  {
    name: "a deleted province coverage",
    sql: "delete from province_coverages where province_id = (select id from provinces where code = '1001300000')",
    municipalities: [],
    provinces: ["1001300000"],
  },
];

/** On PostgreSQL some of it is logged: a trigger with a column list would stop a change of a column's type. */
const UNCAUGHT: Array<{ name: string; sql: string; loggedOnPostgres?: true }> = [
  {
    name: "notes",
    sql: "update obc_communities set notes = 'seen', community_names = 'A, B'",
    loggedOnPostgres: true,
  },
  {
    name: "support programs",
    sql: "update municipality_coverages set existing_support_programs = 'clinic'",
    loggedOnPostgres: true,
  },
  { name: "a barangay's population", sql: "update barangays set population = 12" },
  { name: "a renamed province", sql: "update provinces set name = 'Another' where code = '1001300000'" },
];

onEveryDatabase("change capture", (database) => {
  const logged = async () =>
    Number((await database.rows<{ n: number }>("select count(*) as n from obc_sync_change_log"))[0]?.n);

  const changed = { scope: { kind: "changed" } } as const;
  const syncChanged = () => sync(database.knex, changed);
  const drift = async () => (await verify(database.knex)).drift;

  async function prepare() {
    await database.rows(
      `insert into obc_communities (barangay_id, estimated_obc_population, households)
       select id, 100, 20 from barangays where code in ('1001301001', '1001301002', '1001302005', '1004201001', '1004202001')`,
    );
    await sync(database.knex);
    expect(await logged()).toBe(0);
  }

  it.each(CAUGHT)("catches $name, and sync --changed syncs it", async ({ sql, municipalities, provinces = [] }) => {
    await prepare();
    await database.rows(sql);
    expect(await logged()).toBeGreaterThan(0);
    const provincesLogged = await database.rows<{ code: string }>(
      "select distinct p.code from obc_sync_change_log l join provinces p on p.id = l.province_id order by p.code",
    );
    expect(provincesLogged.map(({ code }) => code)).toEqual(provinces);

    const { plan } = await syncChanged();
    expect(plan.scope).toMatchObject({ kind: "changed", units: municipalities });
    expect(await logged()).toBe(0);
    expect(await drift()).toEqual([]);
  });

  it.each(UNCAUGHT)("finds nothing to sync after a change of $name", async ({ sql, loggedOnPostgres }) => {
    await prepare();
    await database.rows(sql);
    expect((await logged()) > 0).toBe(database.kind === "postgres" && loggedOnPostgres === true);
    expect((await syncChanged()).plan.changes).toEqual([]);
    expect(await logged()).toBe(0);
  });

  it("costs one small read if nothing was logged", async () => {
    await prepare();
    const { plan, queries } = await syncChanged();
    expect(queries).toMatchObject({ read: 0, write: 0, bookkeeping: 1 });
    expect(plan.changes).toEqual([]);
  });

  it("previews exactly what it does, and a preview clears nothing", async () => {
    await prepare();
    await database.rows("update obc_communities set households = 21");
    const preview = await previewSync(database.knex, changed);
    expect(await logged()).toBeGreaterThan(0);
    const done = await syncChanged();
    expect(done.plan.changes).toEqual(preview.plan.changes);
    // The change log, the values of the run, and the run.
    expect(done.queries).toMatchObject({ read: 1, write: 2, bookkeeping: 3 });
  });

  it("clears only the entries that a narrowed sync covered", async () => {
    await prepare();
    await database.rows("update obc_communities set households = 22");
    await sync(database.knex, { scope: { kind: "municipality", units: ["1001301000"] } });
    const { plan } = await syncChanged();
    expect(plan.scope).toMatchObject({ units: ["1001302000", "1004201000", "1004202000"] });
    expect(await drift()).toEqual([]);
  });

  it("clears nothing if the sync stopped at municipalities", async () => {
    await prepare();
    await database.rows("update obc_communities set households = 23");
    const before = await logged();
    await sync(database.knex, { syncProvincial: false });
    expect(await logged()).toBe(before);
    await syncChanged();
    expect(await drift()).toEqual([]);
  });

  it("clears the entries of an import with its sync", async () => {
    await prepare();
    const stdin = "barangay_code,households\n1001301003,12\n";
    const { mkdtemp, writeFile } = await import("node:fs/promises");
    const { tmpdir } = await import("node:os");
    const { join } = await import("node:path");
    const file = join(await mkdtemp(join(tmpdir(), "obc-sync-")), "one.csv");
    await writeFile(file, stdin);
    expect((await database.obcSync(["import", "communities", file])).exitCode).toBe(0);
    expect(await logged()).toBe(0);
  });
});

describe("a key of SQLite under another name", () => {
  const database = useDatabase("sqlite");

  it.each(["rowid", "_rowid_", "oid"])("is watched too: %s", async (key) => {
    await database.rows("pragma foreign_keys = off");
    const barangay = (code: string) => `(select id from barangays where code = '${code}')`;
    const municipality = (code: string) => `(select id from municipalities where code = '${code}')`;
    await database.rows(
      `insert into obc_communities (barangay_id, households) select id, 20 from barangays where code in ('1001301001', '1004201001')`,
    );
    await sync(database.knex);
    for (const statement of [
      `update obc_communities set ${key} = ${barangay("0907201001")} where barangay_id = ${barangay("1001301001")}`,
      `update municipality_coverages set ${key} = ${municipality("1001302000")} where municipality_id = ${municipality("1004201000")}`,
      `update barangays set ${key} = 99001 where code = '1004201001'`,
      `update obc_communities set ${key} = 99001 where barangay_id <> ${barangay("0907201001")}`,
      `update municipalities set ${key} = 99002 where code = '1004201000'`,
      `update barangays set municipality_id = 99002 where code = '1004201001'`,
      `update or replace barangays set ${key} = 99001 where code = '1001301001'`,
    ]) {
      await database.rows(statement);
      await sync(database.knex, { scope: { kind: "changed" } });
      await expectCoveragesInStep(database);
    }
  });
});
