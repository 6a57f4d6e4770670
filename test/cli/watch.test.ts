import createKnex from "knex";
import { describe, expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../helpers/databases.ts";
import { linesOf } from "../helpers/lines-of.ts";
import { startOwnServer } from "../helpers/postgres-server.ts";
import { runCli, startCli } from "../helpers/run-cli.ts";

const CHANGE = `update obc_communities set households = households + 1
  where barangay_id = (select id from barangays where code = '1001301001')`;

async function prepare(database: TestDatabase): Promise<void> {
  await database.rows(
    "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code like '1001301%'",
  );
  await database.obcSync(["sync"]);
}

onEveryDatabase("watch", (database) => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "syncs what other programs write, prints one line per sync, and exits cleanly on %s",
    async (signal) => {
      await prepare(database);
      // Written before it starts: watch must not wait for the next change to sync it.
      await database.rows(CHANGE);
      const watch = database.startObcSync(["watch"]);
      const line = linesOf(watch);
      expect(await line(/synced/)).toContain("Baungon");
      await line(/watching/);

      await database.rows(CHANGE);
      expect(await line(/synced/)).toMatch(/Baungon, Bukidnon/);
      expect((await database.obcSync(["verify"])).exitCode).toBe(0);

      watch.process.kill(signal);
      const { exitCode, stdout, stderr } = await watch.result;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(/Stopped after 2 syncs\.\n$/);
    },
  );

  it("prints one document per line with --json", async () => {
    await prepare(database);
    const watch = database.startObcSync(["watch", "--json"]);
    const line = linesOf(watch);
    await line(/"started"/);
    await database.rows(CHANGE);
    const event = JSON.parse(await line(/"synced"/));
    expect(event).toMatchObject({ command: "watch", municipalities: { updated: 1 }, provinces: { updated: 1 } });
    watch.process.kill("SIGINT");
    const documents = (await watch.result).stdout
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(documents.at(-1)).toMatchObject({ command: "watch", syncs: 1, failures: 0 });
  });
});

describe("watch on a server that closes its connections", () => {
  const database = useDatabase("postgres");

  it("reports this, reconnects and finds what was written meanwhile", async () => {
    await prepare(database);
    const watch = database.startObcSync(["watch"]);
    const line = linesOf(watch);
    await line(/watching/);
    await database.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'obc-sync' and datname = current_database()`,
    );
    await database.rows(CHANGE);
    await line(/failed: .*retrying/);
    expect(await line(/synced/)).toContain("Baungon");
    await line(/watching again/);
    watch.process.kill("SIGINT");
    expect((await watch.result).exitCode).toBe(0);
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
  });

  it("ends at Ctrl-C after a while without the tables of obc-sync", async () => {
    await prepare(database);
    const watch = database.startObcSync(["watch"]);
    const line = linesOf(watch);
    await line(/watching/);
    await database.rows("alter table obc_sync_change_log rename to elsewhere");
    await line(/failed: .*retrying/);
    await line(/failed: .*retrying/);
    await database.rows("alter table elsewhere rename to obc_sync_change_log");
    await line(/watching again/);
    watch.process.kill("SIGINT");
    expect((await watch.result).exitCode).toBe(0);
  });
});

describe("watch on a server that is restarted", () => {
  it("waits for the server, and syncs what is written afterwards", async () => {
    const server = await startOwnServer();
    const silent = { warn() {}, error() {}, deprecate() {}, debug() {} };
    const knex = createKnex({ client: "pg", connection: server.url, pool: { min: 0 }, log: silent });
    try {
      const options = { database: server.url };
      await runCli(["migrate"], options);
      await runCli(["import", "geography"], options);
      await knex.raw(
        "insert into obc_communities (barangay_id, households) select id, 20 from barangays where code like '1001301%'",
      );
      const watch = startCli(["watch"], options);
      const line = linesOf(watch);
      await line(/watching/);

      await server.shutDown();
      await line(/failed: .*retrying/);
      // Fails again while the server is down: the pause grows, and watch continues.
      await line(/failed: .*retrying/);
      await server.startAgain();
      await knex.raw(CHANGE);
      expect(await line(/synced/)).toContain("Baungon");
      await line(/watching again/);
      await knex.raw(CHANGE);
      expect(await line(/synced/)).toContain("Baungon");

      watch.process.kill("SIGTERM");
      expect((await watch.result).exitCode).toBe(0);
      expect((await runCli(["verify"], options)).exitCode).toBe(0);
    } finally {
      await knex.destroy();
      await server.stop();
    }
  });
});
