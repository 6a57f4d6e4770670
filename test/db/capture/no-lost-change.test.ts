import { setTimeout as sleep } from "node:timers/promises";
import createKnex, { type Knex } from "knex";
import { describe, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import {
  onEveryDatabase,
  postgresConnection,
  sqliteConnection,
  type TestDatabase,
  useDatabase,
} from "../../helpers/databases.ts";
import { expectedMunicipalities, expectedProvinces, storedCoverages } from "../../helpers/plain-sql.ts";

const WRITERS = 3;
const WRITES = 25;

async function connect(database: TestDatabase): Promise<Knex> {
  if (database.kind === "postgres") return postgresConnection(database.location);
  const knex = sqliteConnection(database.location);
  // A wait inside SQLite would block this whole process, including the transaction that it waits for.
  await knex.raw("pragma busy_timeout = 1");
  return knex;
}

async function expectRight(database: TestDatabase): Promise<void> {
  expect(await storedCoverages(database, "municipality")).toMatchObject(await expectedMunicipalities(database));
  expect(await storedCoverages(database, "province")).toMatchObject(await expectedProvinces(database));
  expect((await database.obcSync(["verify"])).exitCode).toBe(0);
  const [logged] = await database.rows<{ n: number }>("select count(*) as n from obc_sync_change_log");
  expect(Number(logged?.n)).toBe(0);
}

async function addCommunities(database: TestDatabase): Promise<number[]> {
  await database.rows(
    `insert into obc_communities (barangay_id, households) select id, 1 from barangays where code like '10013%' or code like '10042%'`,
  );
  await database.obcSync(["sync"]);
  return (await database.rows<{ id: number }>("select barangay_id as id from obc_communities order by 1")).map(
    ({ id }) => id,
  );
}

onEveryDatabase("no change is lost", (database) => {
  it("with writers on several connections while sync --changed loops", async () => {
    const ids = await addCommunities(database);
    let writing = true;
    const syncer = await connect(database);
    const syncs = (async () => {
      let count = 0;
      while (writing) {
        await library.syncChanged(syncer, { lockTimeoutMs: 60_000 });
        count += 1;
        await sleep(5);
      }
      return count;
    })();
    const writers = Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const knex = await connect(database);
        for (let write = 0; write < WRITES; write += 1) {
          // Three writers without pauses would never leave SQLite's single write lock free for the sync.
          await sleep(20);
          const barangay = ids[(writer * 7919 + write * 104729) % ids.length] as number;
          await retried(() =>
            knex.transaction(async (transaction) => {
              await transaction("obc_communities").where({ barangay_id: barangay }).increment("households", 1);
              // On PostgreSQL a sync may start and end while this transaction is open, without seeing its changes.
              if (database.kind === "postgres") await sleep(write % 9);
              await transaction("obc_communities").where({ barangay_id: barangay }).update({ women_count: write });
            }),
          );
        }
        await knex.destroy();
      }),
    );
    await writers.finally(() => {
      writing = false;
    });
    expect(await syncs).toBeGreaterThan(0);
    await syncer.destroy();
    await database.obcSync(["sync", "--changed"]);
    const [total] = await database.rows<{ n: number }>("select sum(households) as n from obc_communities");
    expect(Number(total?.n)).toBe(ids.length + WRITERS * WRITES);
    await expectRight(database);
  }, 180_000);

  it("while single records are changed concurrently through the library", async () => {
    const ids = await addCommunities(database);
    const codes = (
      await database.rows<{ code: string }>(
        "select code from barangays where code like '1001301%' order by code limit 6",
      )
    ).map(({ code }) => code);
    await Promise.all(
      codes.map(async (code, writer) => {
        const knex = await connect(database);
        for (let write = 0; write < 8; write += 1) {
          await library.updateCommunity(knex, code, { families: writer * 100 + write }, { lockTimeoutMs: 60_000 });
        }
        await knex.destroy();
      }),
    );
    expect(ids.length).toBeGreaterThan(0);
    await expectRight(database);
  }, 180_000);
});

describe("a transaction that began before the sync and commits after it", () => {
  const database = useDatabase("postgres");

  it("is found by the next sync", async () => {
    const [id] = await addCommunities(database);
    const writer = createKnex({ client: "pg", connection: database.location, pool: { min: 0, max: 1 } });
    const transaction = await writer.transaction();
    await transaction("obc_communities").where({ barangay_id: id }).update({ households: 500 });
    // A later transaction commits first: its log entry has the higher id.
    await database.rows("update obc_communities set households = 7 where barangay_id = ?", (id as number) + 1);
    await database.obcSync(["sync", "--changed"]);
    await database.obcSync(["sync"]);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);

    await transaction.commit();
    await writer.destroy();
    expect((await database.obcSync(["verify"])).exitCode).toBe(2);
    await database.obcSync(["sync", "--changed"]);
    await expectRight(database);
  });
});

async function retried(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!/SQLITE_BUSY|40001|40P01/.test(String((error as { code?: string }).code))) throw error;
      await sleep(5);
    }
  }
}
