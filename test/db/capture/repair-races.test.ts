/** Writers on PostgreSQL while triggers of the change log are put back: nothing is lost, at any statement. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import { syncChanged } from "../../../src/index.ts";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";
import { interleave } from "../../helpers/interleave.ts";
import { digest } from "../../helpers/plain-sql.ts";

const PATIENT = { lockTimeoutMs: 60_000 };

const DAMAGE = [
  "drop trigger obc_sync_communities_update on obc_communities",
  "alter table barangays disable trigger obc_sync_barangays_update",
];
const FIGURES = "update obc_communities set households = coalesce(households, 0) + 7 where barangay_id % 5 = 0";
const NAMES = "update barangays set name = name || ' I' where id in (select barangay_id from obc_communities)";

const SYNCS: Record<string, (knex: Knex) => Promise<unknown>> = {
  "in transactions of its own": (knex) => syncChanged(knex, PATIENT),
  "in a transaction of its user": (knex) => knex.transaction((transaction) => syncChanged(transaction)),
  "in a transaction of its user at repeatable read": (knex) =>
    knex.transaction((transaction) => syncChanged(transaction), { isolationLevel: "repeatable read" }),
};

/** The second one is still writing when the triggers are to be put back. */
const WRITERS: Record<string, (knex: Knex) => Promise<unknown>> = {
  "that commits at once": (knex) => knex.raw(FIGURES),
  "that takes its time": (knex) =>
    knex.transaction(async (transaction) => {
      await transaction.raw(FIGURES);
      await transaction.raw("select pg_sleep(0.1)");
      await transaction.raw(NAMES);
    }),
};

const PAIRS = Object.keys(SYNCS).flatMap((sync) => Object.keys(WRITERS).map((writer) => ({ sync, writer })));

describe("triggers that are put back while somebody writes", () => {
  const database = useDatabase("postgres", { stage: "example" });

  it.each(PAIRS)(
    "lose nothing of a writer $writer: $sync",
    async ({ sync, writer }) => {
      let more = true;
      for (let statement = 1; more; statement += 1) {
        for (const sql of DAMAGE) await database.rows(sql);
        more = await interleave(
          database.location,
          statement,
          SYNCS[sync] as (typeof SYNCS)[string],
          WRITERS[writer] as (typeof WRITERS)[string],
        );
        await syncChanged(database.knex, { repair: false });
        await expectCoveragesInStep(database);
        expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
      }
    },
    120_000,
  );

  it("wait for a long transaction, and let other writers pass meanwhile", async () => {
    for (const sql of DAMAGE) await database.rows(sql);
    const long = await database.knex.transaction();
    await long.raw(FIGURES);
    const running = database.startObcSync(["sync", "--changed", "--lock-timeout", "30"]);
    const waiting = "select 1 from pg_locks where mode = 'ShareRowExclusiveLock' and not granted";
    while ((await database.rows(waiting)).length === 0) await sleep(10);
    // Waits behind it, but not until the long transaction ends.
    await database.rows("update obc_communities set households = 5 where barangay_id % 5 = 1");
    await long.commit();
    expect((await running.result).exitCode).toBe(0);
    await expectCoveragesInStep(database);
    expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
  });

  it("give up after --lock-timeout, and nothing is written", async () => {
    for (const sql of DAMAGE) await database.rows(sql);
    const before = await digest(database);
    const long = await database.knex.transaction();
    await long.raw(FIGURES);
    const busy = await database.obcSync(["sync", "--changed", "--lock-timeout", "0.5", "--json"]);
    await long.rollback();
    expect(busy.exitCode).toBe(4);
    expect(documentOf<ErrorDocument>(busy).error.code).toBe("DATABASE_BUSY");
    expect(await digest(database)).toBe(before);
    await expect(syncChanged(database.knex, { repair: false })).rejects.toMatchObject({ code: "CAPTURE_BROKEN" });
  });
});
