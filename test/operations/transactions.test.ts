/** The library in its user's transaction, with concurrent transactions, and when it is stopped or has to wait. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import {
  bulkSyncCommunities,
  createCommunity,
  InterruptedError,
  LockHeldError,
  syncChanged,
  syncEntireHierarchy,
  updateCommunity,
} from "../../src/index.ts";
import { onEveryDatabase, useDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { digest, expectedMunicipalities, storedCoverages } from "../helpers/plain-sql.ts";
import { useUsersKnex } from "../helpers/users-knex.ts";

const DAMULOG = "1001302000";
const [FIRST, SECOND] = ["1001302001", "1001302002"]; // of Damulog
const IN_BAUNGON = "1001301001";

/** What a user's own code writes, without the library. */
function raise(connection: Knex, code: string): Promise<number> {
  const barangay = connection("barangays").where({ code }).select("id");
  return connection("obc_communities").where("barangay_id", barangay).increment("households", 100);
}

class Unwanted extends Error {}

onEveryDatabase(
  "transactions of the library's user",
  (database) => {
    const open = useUsersKnex(database);

    it("a rollback undoes the change, its sync and their records", async () => {
      const before = await digest(database);
      const attempt = open().transaction(async (transaction) => {
        await raise(transaction, FIRST);
        await bulkSyncCommunities(transaction, [FIRST]);
        await createCommunity(transaction, IN_BAUNGON, { households: 5 });
        await syncEntireHierarchy(transaction);
        const [run] = await transaction("obc_sync_runs").count("* as runs");
        expect(Number(run?.runs)).toBeGreaterThan(3);
        throw new Unwanted();
      });
      await expect(attempt).rejects.toBeInstanceOf(Unwanted);
      expect(await digest(database)).toBe(before);
    });

    it("a commit publishes the change and its sync; nobody else sees either before", async () => {
      const before = await storedCoverages(database, "municipality");
      await open().transaction(async (transaction) => {
        await raise(transaction, FIRST);
        await bulkSyncCommunities(transaction, [FIRST]);
        await updateCommunity(transaction, SECOND, { households: 7 });
        const [inside] = await transaction("municipality_coverages")
          .whereIn("municipality_id", transaction("municipalities").where({ code: DAMULOG }).select("id"))
          .select("households");
        expect(Number(inside?.households)).not.toBe(before[DAMULOG]?.households);
        expect((await storedCoverages(database, "municipality"))[DAMULOG]).toEqual(before[DAMULOG]);
      });
      await expectCoveragesInStep(database);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    it("syncChanged in a transaction syncs what the transaction itself wrote", async () => {
      await open().transaction(async (transaction) => {
        await raise(transaction, FIRST);
        expect(await syncChanged(transaction)).toEqual({ municipalitiesSynced: 1, provincesSynced: 1 });
      });
      await expectCoveragesInStep(database);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    it("a savepoint that is rolled back takes its change and sync with it, and no more", async () => {
      await open().transaction(async (transaction) => {
        await updateCommunity(transaction, FIRST, { households: 1000 });
        const attempt = transaction.transaction(async (savepoint) => {
          await updateCommunity(savepoint, SECOND, { households: 2000 });
          throw new Unwanted();
        });
        await expect(attempt).rejects.toBeInstanceOf(Unwanted);
      });
      await expectCoveragesInStep(database);
      const [first] = await database.rows<{ households: number }>(
        "select households from obc_communities c join barangays b on b.id = c.barangay_id where b.code = ?",
        FIRST,
      );
      expect(first?.households).toBe(1000);
    });

    it("many concurrent changes through one instance are all applied", async () => {
      const knex = open();
      const codes = [FIRST, SECOND, "1001302003", "1001302004", "1001302006", "0907201006"];
      await Promise.all(codes.map((code, index) => updateCommunity(knex, code, { households: 100 + index })));
      await expectCoveragesInStep(database);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    it("a sync waits for another one no longer than the timeout", async () => {
      const before = await storedCoverages(database, "municipality");
      const attempt = open().transaction(async (holder) => {
        await raise(holder, FIRST);
        await syncChanged(holder);
        await expect(syncEntireHierarchy(open(), { lockTimeoutMs: 200 })).rejects.toBeInstanceOf(LockHeldError);
        throw new Unwanted();
      });
      await expect(attempt).rejects.toBeInstanceOf(Unwanted);
      expect(await storedCoverages(database, "municipality")).toEqual(before);
    });

    it("a signal stops a call before anything is committed", async () => {
      const before = await digest(database);
      const knex = open();
      await expect(
        updateCommunity(knex, FIRST, { households: 9 }, { signal: AbortSignal.abort() }),
      ).rejects.toBeInstanceOf(InterruptedError);
      await expect(syncEntireHierarchy(knex, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(InterruptedError);
      expect(await digest(database)).toBe(before);
    });
  },
  { stage: "example" },
);

describe("conflicting transactions of the library's user on PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "example" });
  const open = useUsersKnex(database);

  it("read committed: the second waits for the first and counts what it committed", async () => {
    const knex = open();
    const [first, second] = [await knex.transaction(), await knex.transaction()];
    await raise(first, FIRST);
    await raise(second, SECOND);
    await bulkSyncCommunities(first, [FIRST]);
    const waiting = bulkSyncCommunities(second, [SECOND]);
    expect(await Promise.race([waiting, sleep(500, "still waiting")])).toBe("still waiting");
    await first.commit();
    expect(await waiting).toMatchObject({ municipalitiesSynced: 1, communitiesProcessed: 1 });
    await second.commit();
    await expectCoveragesInStep(database);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
  });

  it("read committed: single records of one municipality, and of one that has no coverage yet", async () => {
    const knex = open();
    for (const [one, other] of [
      [FIRST, SECOND],
      ["1001301001", "1001301002"],
    ] as const) {
      const change = (connection: Knex, code: string) =>
        code.startsWith("1001301")
          ? createCommunity(connection, code, { households: 40 })
          : updateCommunity(connection, code, { households: 40 });
      const [first, second] = [await knex.transaction(), await knex.transaction()];
      await change(first, one);
      const waiting = change(second, other);
      expect(await Promise.race([waiting, sleep(500, "still waiting")])).toBe("still waiting");
      await first.commit();
      await waiting;
      await second.commit();
      await expectCoveragesInStep(database);
    }
    const stored = await storedCoverages(database, "municipality");
    expect(stored["1001301000"]).toEqual((await expectedMunicipalities(database))["1001301000"]);
    expect(stored["1001301000"]).toMatchObject({ total_obc_communities: 2, households: 80 });
  });

  it("read committed: the second continues if the first is rolled back", async () => {
    const knex = open();
    const [first, second] = [await knex.transaction(), await knex.transaction()];
    await updateCommunity(first, FIRST, { households: 1 });
    const waiting = updateCommunity(second, SECOND, { households: 2 });
    await first.rollback();
    await waiting;
    await second.commit();
    await expectCoveragesInStep(database);
  });

  it("repeatable read: the second is refused rather than wrong, and is correct when run again", async () => {
    const knex = open();
    const work = async (transaction: Knex.Transaction) => {
      await raise(transaction, SECOND);
      await bulkSyncCommunities(transaction, [SECOND]);
    };
    const [first, second] = [
      await knex.transaction(),
      await knex.transaction(undefined, { isolationLevel: "repeatable read" }),
    ];
    await raise(second, SECOND);
    await updateCommunity(first, FIRST, { households: 1 });
    await first.commit();
    const refused = await bulkSyncCommunities(second, [SECOND]).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "40001" });
    await second.rollback();
    await expectCoveragesInStep(database);
    await knex.transaction(work, { isolationLevel: "repeatable read" });
    await expectCoveragesInStep(database);
  });

  it("a transaction that writes without the library does not block a sync, and its change is not lost", async () => {
    const knex = open();
    const writer = await knex.transaction();
    await raise(writer, FIRST);
    await syncEntireHierarchy(knex);
    await writer.commit();
    expect(await syncChanged(knex)).toEqual({ municipalitiesSynced: 1, provincesSynced: 1 });
    await expectCoveragesInStep(database);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
  });
});
