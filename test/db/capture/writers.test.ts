/** Programs that write into the tables on PostgreSQL, and what they may do without a change being lost. */
import { describe, expect, it } from "vitest";
import { analyze, sync, syncChanged } from "../../../src/index.ts";
import { onEveryDatabase, postgresConnection, useDatabase } from "../../helpers/databases.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";

const ADD =
  "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code like '100130100_'";
const CHANGE = "update public.obc_communities set households = 33";

describe("a writer on PostgreSQL", () => {
  const database = useDatabase("postgres");

  const prepare = async () => {
    await database.rows(ADD);
    await sync(database.knex);
  };
  const expectLoggedAndSynced = async () => {
    expect(await database.rows("select 1 from obc_sync_change_log")).not.toEqual([]);
    await syncChanged(database.knex);
    await expectCoveragesInStep(database);
    expect(await database.rows("select 1 from obc_sync_change_log")).toEqual([]);
  };

  /** Sends statements on a connection of their own, one after the other. */
  const send = async (...statements: string[]) => {
    const writer = postgresConnection(database.location);
    try {
      await writer.transaction(async (transaction) => {
        for (const statement of statements) await transaction.raw(statement);
      });
    } finally {
      await writer.destroy();
    }
  };

  it("needs rights on no other table", async () => {
    await prepare();
    const role = `obc_sync_writer_${process.pid}`;
    try {
      await send(`create role ${role}`, `grant select, update on obc_communities to ${role}`);
      await send(`set local role ${role}`, CHANGE);
      await expectLoggedAndSynced();
    } finally {
      await send(`drop owned by ${role}`, `drop role ${role}`);
    }
  });

  it("may have any search path, as pg_dump has", async () => {
    await prepare();
    await send("set local search_path = ''", CHANGE, "delete from public.municipality_coverages");
    await expectLoggedAndSynced();
  });

  it("may have temporary tables with the names of the program's", async () => {
    await prepare();
    await send(
      "create temp table obc_sync_change_log (like public.obc_sync_change_log including all) on commit drop",
      "create temp table barangays (id integer, municipality_id integer) on commit drop",
      CHANGE,
      "update public.barangays set name = 'Another' where code = '1001301001'",
    );
    await expectLoggedAndSynced();
  });

  it.each(["update municipality_coverages set households = 5", "update obc_communities set notes = 'seen'"])(
    "is not stopped where a column has been renamed since: %s",
    async (statement) => {
      await prepare();
      const table = /update (\w+)/.exec(statement)?.[1];
      await database.rows(`alter table ${table} rename column women_count to women`);
      await database.rows(statement);
      await database.rows(`alter table ${table} rename column women to women_count`);
      await expectLoggedAndSynced();
    },
  );

  it.each([
    ["changes many communities", "read committed", "update obc_communities set households = 33"],
    ["changes many communities", "repeatable read", "update obc_communities set households = 33"],
    ["deletes many communities", "repeatable read", "delete from obc_communities"],
    ["truncates communities", "repeatable read", "truncate obc_communities"],
  ] as const)("%s in a %s transaction while a barangay moves and a sync runs", async (_, isolationLevel, statement) => {
    await database.rows(
      "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code like '10%' order by code limit 1100",
    );
    await sync(database.knex);
    const writer = postgresConnection(database.location);
    try {
      await writer.transaction(
        async (transaction) => {
          await transaction.raw("select 1 from barangays limit 1");
          const isTruncation = statement.startsWith("truncate");
          if (!isTruncation) await transaction.raw(statement);
          await database.rows(`update barangays set municipality_id = (select id from municipalities where code = '0907201000')
            where code = '1001301001'`);
          await syncChanged(database.knex);
          if (isTruncation) await transaction.raw(statement);
        },
        { isolationLevel },
      );
    } finally {
      await writer.destroy();
    }
    await expectLoggedAndSynced();
  });

  it.each([
    "insert into obc_communities (brgy, households) select id, 7 from barangays where code = '1001302005'",
    "update obc_communities set households = 8",
    "delete from obc_communities",
  ])("is not stopped where the reference to the barangay has been renamed since: %s", async (statement) => {
    await prepare();
    await database.rows("alter table obc_communities rename column barangay_id to brgy");
    await database.rows(statement);
    await database.rows("alter table obc_communities rename column brgy to barangay_id");
    await expectLoggedAndSynced();
  });

  it("may change the type of a column that is watched, and drop one", async () => {
    await prepare();
    await database.rows("alter table obc_communities alter column households type bigint");
    await database.rows("alter table obc_communities alter column barangay_id type bigint");
    await database.rows("alter table municipality_coverages drop column women_count");
    await database.rows("update municipality_coverages set households = 5");
    await database.rows("alter table municipality_coverages add column women_count bigint");
    await expectLoggedAndSynced();
  });

  it("of a restored dump leaves entries of another server: they are synced and cleared", async () => {
    await prepare();
    await database.rows("alter table obc_communities disable trigger user");
    await database.rows(CHANGE);
    await database.rows("alter table obc_communities enable trigger user");
    await database.rows(
      `insert into obc_sync_change_log (municipality_id, transaction_id)
       select id, '99999999999'::xid8 from municipalities where code = '1001301000'`,
    );
    await expectLoggedAndSynced();
  });

  it("with triggers that fire for replication only is found by analyze", async () => {
    await prepare();
    await database.rows("alter table obc_communities enable replica trigger obc_sync_communities_update");
    const { checks } = await analyze(database.knex, { checks: ["disabled-triggers"] });
    expect(checks).toMatchObject([{ count: 1, findings: [{ code: "obc_sync_communities_update" }] }]);
  });
});

onEveryDatabase("an entry without a unit", (database) => {
  it("stands for every unit", async () => {
    await database.rows(ADD);
    await sync(database.knex);
    await database.rows("update municipality_coverages set households = 1");
    await database.rows("delete from obc_sync_change_log");
    await database.rows("insert into obc_sync_change_log default values");
    await syncChanged(database.knex);
    await expectCoveragesInStep(database);
    expect(await database.rows("select 1 from obc_sync_change_log")).toEqual([]);
  });
});
