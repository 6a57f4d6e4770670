/** Places that vanish, move, are replaced or get another id: the coverages above them are logged all the same. */
import { describe, expect, it } from "vitest";
import { sync, syncChanged } from "../../../src/index.ts";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { dropForeignKeys } from "../../helpers/foreign-keys.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";

const id = (table: string, code: string) => `(select id from ${table} where code = '${code}')`;
const COMMUNITY = `obc_communities where barangay_id = ${id("barangays", "1001301001")}`;
const ITS_MUNICIPALITY = id("municipalities", "1001301000");
const OTHER_MUNICIPALITY = id("municipalities", "1001302000");
const OTHER_PROVINCE = id("provinces", "1004200000");
const COMMUNITIES_OF_MUNICIPALITY = `obc_communities where barangay_id in
  (select id from barangays where municipality_id = ${ITS_MUNICIPALITY})`;

interface Case {
  name: string;
  statements: string[];
}

const WITH_FOREIGN_KEYS: Case[] = [
  {
    name: "a community is deleted, then its barangay",
    statements: [`delete from ${COMMUNITY}`, "delete from barangays where code = '1001301001'"],
  },
  {
    name: "a community is deleted, its barangay moved and then deleted",
    statements: [
      `delete from ${COMMUNITY}`,
      `update barangays set municipality_id = ${OTHER_MUNICIPALITY} where code = '1001301001'`,
      "delete from barangays where code = '1001301001'",
    ],
  },
  {
    name: "a municipality is dropped with everything in it",
    statements: [
      `delete from ${COMMUNITIES_OF_MUNICIPALITY}`,
      `delete from municipality_coverages where municipality_id = ${ITS_MUNICIPALITY}`,
      `delete from barangays where municipality_id = ${ITS_MUNICIPALITY}`,
      "delete from municipalities where code = '1001301000'",
    ],
  },
  {
    name: "a municipality is merged into another",
    statements: [
      `update barangays set municipality_id = ${OTHER_MUNICIPALITY} where municipality_id = ${ITS_MUNICIPALITY}`,
      `delete from municipality_coverages where municipality_id = ${ITS_MUNICIPALITY}`,
      "delete from municipalities where code = '1001301000'",
    ],
  },
  {
    name: "a province is merged into another",
    statements: [
      `update municipalities set province_id = ${OTHER_PROVINCE} where province_id = ${id("provinces", "1001300000")}`,
      `delete from province_coverages where province_id = ${id("provinces", "1001300000")}`,
      "delete from provinces where code = '1001300000'",
    ],
  },
  {
    name: "a municipality without communities is renumbered",
    statements: [
      `delete from ${COMMUNITIES_OF_MUNICIPALITY}`,
      `delete from barangays where municipality_id = ${ITS_MUNICIPALITY}`,
      `delete from municipality_coverages where municipality_id = ${ITS_MUNICIPALITY}`,
      "update municipalities set id = 990001 where code = '1001301000'",
    ],
  },
];

const WITHOUT_FOREIGN_KEYS: Case[] = [
  { name: "a barangay with a community is deleted", statements: ["delete from barangays where code = '1001301001'"] },
  {
    name: "a barangay with a community is deleted and inserted again elsewhere",
    statements: [
      `create temp table kept as select * from barangays where code = '1001301001'`,
      "delete from barangays where code = '1001301001'",
      `insert into barangays (id, municipality_id, code, name) select id, ${OTHER_MUNICIPALITY}, code, name from kept`,
    ],
  },
  {
    name: "a barangay with a community is renumbered",
    statements: ["update barangays set id = 990001 where code = '1001301001'"],
  },
  {
    name: "a municipality with a coverage is deleted",
    statements: ["delete from municipalities where code = '1001301000'"],
  },
  {
    name: "a municipality with a coverage is renumbered",
    statements: ["update municipalities set id = 990001 where code = '1001301000'"],
  },
  {
    name: "a municipality takes the id of one that was deleted",
    statements: [
      `create temp table kept as select * from municipalities where code = '1001301000'`,
      "delete from municipalities where code = '1001301000'",
      `insert into municipalities (id, province_id, code, name, kind) select id, ${OTHER_PROVINCE}, 'X', 'New', kind from kept`,
    ],
  },
  {
    name: "a province is renumbered",
    statements: ["update provinces set id = 990001 where code = '1001300000'"],
  },
  {
    name: "a province takes the id of one that was deleted",
    statements: [
      `create temp table kept as select * from provinces where code = '1001300000'`,
      "delete from provinces where code = '1001300000'",
      `insert into provinces (id, region_id, code, name, kind) select id, region_id, 'X', 'New', kind from kept`,
    ],
  },
];

/** SQLite deletes the rows that REPLACE replaces without firing their delete triggers. */
const REPLACED: Case[] = [
  {
    name: "a community by an archived one",
    statements: [
      `replace into obc_communities (barangay_id, is_deleted) select id, 1 from barangays where code = '1001301001'`,
    ],
  },
  {
    name: "a community by one that is moved",
    statements: [
      `update or replace obc_communities set barangay_id = ${id("barangays", "1001302005")}
        where barangay_id = ${id("barangays", "1001301001")}`,
    ],
  },
  {
    name: "a barangay by one with another name",
    statements: [
      `replace into barangays (id, municipality_id, code, name)
       select id, municipality_id, code, 'Another' from barangays where code = '1001301001'`,
    ],
  },
  {
    name: "a barangay by one in another municipality",
    statements: [
      `replace into barangays (id, municipality_id, code, name)
       select id, ${OTHER_MUNICIPALITY}, code, name from barangays where code = '1001301001'`,
    ],
  },
  {
    name: "a barangay by one with its code and another id",
    statements: [
      `replace into barangays (municipality_id, code, name)
       select ${OTHER_MUNICIPALITY}, code, name from barangays where code = '1001301001'`,
    ],
  },
  {
    name: "a barangay by one that takes its code",
    statements: ["update or replace barangays set code = '1001301001' where code = '1004202001'"],
  },
  {
    name: "a barangay by one that takes its id",
    statements: [`update or replace barangays set id = ${id("barangays", "1001301001")} where code = '1004202001'`],
  },
  {
    name: "a municipality by one in another province",
    statements: [
      `replace into municipalities (id, province_id, code, name, kind)
       select id, ${OTHER_PROVINCE}, code, name, kind from municipalities where code = '1001301000'`,
    ],
  },
  {
    name: "a municipality by one that takes its code",
    statements: ["update or replace municipalities set code = '1001301000' where code = '1004202000'"],
  },
  {
    name: "a municipality coverage by a manual one",
    statements: [
      `replace into municipality_coverages (municipality_id, auto_sync, households)
       select id, 0, 9 from municipalities where code = '1001301000'`,
    ],
  },
  {
    name: "a municipality coverage by one that is moved",
    statements: [
      `update or replace municipality_coverages set municipality_id = ${OTHER_MUNICIPALITY}
        where municipality_id = ${ITS_MUNICIPALITY}`,
    ],
  },
  {
    name: "a province coverage",
    statements: [
      `replace into province_coverages (province_id, households) select id, 9 from provinces where code = '1001300000'`,
    ],
  },
];

async function prepare(database: TestDatabase): Promise<void> {
  await database.rows(
    `insert into obc_communities (barangay_id, estimated_obc_population, households)
     select id, 100, 20 from barangays where code in ('1001301001', '1001301002', '1001302005', '1004201001', '1004202001')`,
  );
  await sync(database.knex);
}

/** Sends the statements, and expects `sync --changed` to find all that they changed, and to clear the log. */
async function expectCaught(database: TestDatabase, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.rows(statement);
  await syncChanged(database.knex);
  await expectCoveragesInStep(database);
  expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
}

onEveryDatabase("change capture of places", (database) => {
  it.each(WITH_FOREIGN_KEYS)("notices that $name", async ({ statements }) => {
    await prepare(database);
    await expectCaught(database, statements);
  });

  it.each(WITH_FOREIGN_KEYS)("notices that $name, if every step is synced", async ({ statements }) => {
    await prepare(database);
    for (const statement of statements) await expectCaught(database, [statement]);
  });
});

describe("change capture of places on SQLite", () => {
  const database = useDatabase("sqlite");

  it.each(WITHOUT_FOREIGN_KEYS)("notices that $name, foreign keys off", async ({ statements }) => {
    await prepare(database);
    await database.rows("pragma foreign_keys = off");
    await expectCaught(database, statements);
  });

  it.each(WITHOUT_FOREIGN_KEYS)(
    "notices that $name, foreign keys off, if every step is synced",
    async ({ statements }) => {
      await prepare(database);
      await database.rows("pragma foreign_keys = off");
      for (const statement of statements) await expectCaught(database, [statement]);
    },
  );

  describe.each(["on", "off"])("foreign keys %s", (foreignKeys) => {
    it.each(REPLACED)("notices that REPLACE replaces $name", async ({ statements }) => {
      await prepare(database);
      await database.rows(`pragma foreign_keys = ${foreignKeys}`);
      const done = await expectCaught(database, statements).catch((error) => error);
      // What foreign keys forbid changes nothing.
      if (done instanceof Error && !/FOREIGN KEY/.test(done.message)) throw done;
      if (foreignKeys === "off") expect(done).toBeUndefined();
    });
  });
});

describe("change capture of places on PostgreSQL", () => {
  const database = useDatabase("postgres");

  it.each(WITHOUT_FOREIGN_KEYS)("notices that $name, without foreign keys", async ({ statements }) => {
    await prepare(database);
    await dropForeignKeys(database);
    await database.knex.transaction(async (transaction) => {
      for (const statement of statements) await transaction.raw(statement);
    });
    await expectCaught(database, []);
  });

  it.each(["barangays", "municipalities"])("notices that %s are truncated with cascade", async (table) => {
    await prepare(database);
    await expectCaught(database, [`truncate ${table} cascade`]);
  });
});
