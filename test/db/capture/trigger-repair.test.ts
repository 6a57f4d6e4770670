/** Triggers that are put back by the library: on its own, in a transaction of its user, and where others are in the way. */
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import { previewSync, sync, syncChanged } from "../../../src/index.ts";
import { onEveryDatabase, postgresConnection, type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { CHANGE, type Damage, damage, damagesOf } from "../../helpers/trigger-damage.ts";
import { useUsersKnex } from "../../helpers/users-knex.ts";

const CHANGED = { scope: { kind: "changed" } } as const;

const logged = ({ rows }: TestDatabase) => rows("select * from obc_sync_change_log");

/** A later change is logged, and all coverages are as plain SQL computes them. */
async function expectCaptured(database: TestDatabase): Promise<void> {
  await expectCoveragesInStep(database);
  await database.rows(CHANGE);
  expect(await logged(database)).not.toEqual([]);
  await syncChanged(database.knex, { repair: false });
  await expectCoveragesInStep(database);
  expect(await logged(database)).toEqual([]);
}

onEveryDatabase(
  "the library where triggers of the change log are broken",
  (database) => {
    const open = useUsersKnex(database);

    it.each(damagesOf(database.kind))("says so, or puts them back: $what", async (planted) => {
      await damage(database, planted, CHANGE);
      const knex = open();
      const before = await digest(database);
      for (const refused of [
        () => syncChanged(knex, { repair: false }),
        () => sync(knex, { ...CHANGED, repair: false }),
        () => previewSync(knex, { ...CHANGED, repair: false }),
      ]) {
        await expect(refused()).rejects.toMatchObject({ code: "CAPTURE_BROKEN" });
      }
      expect((await previewSync(knex, CHANGED)).plan.repaired).toEqual(planted.broken);
      expect(await digest(database)).toBe(before);

      const { repaired, municipalitiesSynced } = await syncChanged(knex);
      expect(repaired).toEqual(planted.broken);
      expect(municipalitiesSynced).toBe(109);
      await expectCaptured(database);
    });

    it.each(damagesOf(database.kind))("puts them back in its user's transaction: $what", async (planted) => {
      await damage(database, planted);
      const path = "select current_setting('search_path') as path, current_setting('lock_timeout') as timeout";
      const settings = async (connection: Knex) => (database.kind === "postgres" ? connection.raw(path) : { rows: [] });
      await open().transaction(async (transaction) => {
        await transaction.raw(CHANGE);
        const { rows: before } = await settings(transaction);
        const { plan } = await sync(transaction, CHANGED);
        expect(plan.repaired).toEqual(planted.broken);
        expect((await settings(transaction)).rows).toEqual(before);
      });
      await expectCoveragesInStep(database);
      expect((await syncChanged(database.knex, { repair: false })).municipalitiesSynced).toBe(109);
      await expectCaptured(database);
    });

    it("syncs everything the next time if it is interrupted when they have been put back", async () => {
      const planted = damagesOf(database.kind)[0] as Damage;
      await damage(database, planted, CHANGE);
      const interrupt = new AbortController();
      const knex = open();
      knex.on("query", ({ sql }: { sql: string }) => {
        if (/^commit/i.test(sql)) interrupt.abort();
      });
      await expect(syncChanged(knex, { signal: interrupt.signal })).rejects.toMatchObject({
        code: "INTERRUPTED",
        message: "interrupted; triggers of the change log were put back, but nothing was synced",
      });
      expect((await syncChanged(database.knex, { repair: false })).municipalitiesSynced).toBe(109);
      await expectCaptured(database);
    });

    it("leaves them as they were if its user rolls back", async () => {
      const planted = damagesOf(database.kind)[0] as Damage;
      await damage(database, planted, CHANGE);
      const before = await digest(database);
      const rolledBack = open().transaction(async (transaction) => {
        await syncChanged(transaction);
        throw new Error("rolled back");
      });
      await expect(rolledBack).rejects.toThrow("rolled back");
      expect(await digest(database)).toBe(before);
      await expect(syncChanged(database.knex, { repair: false })).rejects.toMatchObject({ code: "CAPTURE_BROKEN" });
    });
  },
  { stage: "example" },
);

describe("triggers that are put back on PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "example" });
  const open = useUsersKnex(database);

  it("capture what a user's transaction at repeatable read cannot see", async () => {
    await database.rows("drop trigger obc_sync_communities_update on obc_communities");
    await open().transaction(
      async (transaction) => {
        await transaction.raw("select 1 from obc_communities");
        await database.rows(CHANGE);
        await syncChanged(transaction);
      },
      { isolationLevel: "repeatable read" },
    );
    await syncChanged(database.knex, { repair: false });
    await expectCaptured(database);
  });

  it("belong to the tables, whatever the search path of the account", async () => {
    await database.rows("create schema of_the_account");
    await database.rows("drop function obc_sync_communities_update() cascade");
    await database.rows(CHANGE);
    const knex = postgresConnection(database.location);
    try {
      await knex.transaction(async (transaction) => {
        await transaction.raw("set local search_path = of_the_account, public");
        await syncChanged(transaction);
      });
    } finally {
      await knex.destroy();
    }
    await syncChanged(database.knex, { repair: false });
    await expectCaptured(database);
  });

  it("need the right to create them: the error names who has it, and nothing is written", async () => {
    const role = `obc_sync_app_${process.pid}`;
    const owner = new URL(database.location).username;
    await database.rows(`create role ${role} login password 'secret'`);
    try {
      await database.rows(`grant select, insert, update, delete on all tables in schema public to ${role}`);
      await database.rows(`grant usage on all sequences in schema public to ${role}`);
      await database.rows("alter table obc_communities disable trigger obc_sync_communities_update");
      await database.rows(CHANGE);
      const before = await digest(database);
      const url = Object.assign(new URL(database.location), { username: role, password: "secret" }).href;

      for (const command of [["sync", "--changed"], ["watch"]]) {
        const result = await database.obcSync([...command, "--json"], { database: url });
        const { error } = documentOf<ErrorDocument>(result);
        expect(result.exitCode).toBe(1);
        expect(error.code).toBe("DATABASE_ACCESS_DENIED");
        expect(error.message).toMatch(
          /disabled: obc_sync_communities_update\).* may not put them back: permission denied/,
        );
        expect(error.hint).toMatch(new RegExp(`account that ran migrate \\(${owner}\\).* obc-sync sync --changed`));
      }
      expect(await digest(database)).toBe(before);
      expect((await database.obcSync(["sync"], { database: url })).exitCode).toBe(0);
      await expectCoveragesInStep(database);
    } finally {
      await database.rows(`drop owned by ${role}`);
      await database.rows(`drop role ${role}`);
    }
  });
});

describe("triggers that are put back on SQLite", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  it("belong to the database, whatever temporary triggers and tables the connection has", async () => {
    await database.rows("drop trigger obc_sync_communities_update");
    await database.rows(CHANGE);
    await database.rows("create temp table seen (id integer)");
    await database.rows("create temp trigger obc_sync_communities_update after insert on seen begin select 1; end");
    expect((await syncChanged(database.knex)).repaired).toEqual([
      { trigger: "obc_sync_communities_update", problem: "missing" },
    ]);
    expect(await database.rows("select name from sqlite_temp_master where type = 'trigger'")).toHaveLength(1);
    await expectCaptured(database);
  });
});
