import { setTimeout as sleep } from "node:timers/promises";
import type { Knex } from "knex";
import { describe, expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase, useDatabase } from "../helpers/databases.ts";
import { digest } from "../helpers/plain-sql.ts";
import { fixture } from "../helpers/project.ts";

/**
 * Holds the lock of a running sync: the write lock on SQLite, and the advisory lock on PostgreSQL, on whose key other
 * programs may rely.
 */
async function holdLock(database: TestDatabase): Promise<Knex.Transaction> {
  const transaction = await database.knex.transaction();
  await transaction.raw(
    database.kind === "sqlite" ? "delete from obc_sync_runs where false" : "select pg_advisory_xact_lock(6272101010)",
  );
  return transaction;
}

onEveryDatabase(
  "while another run holds the lock",
  (database) => {
    it.each([[["sync"]], [["import", "communities", fixture("communities.csv")]], [["import", "geography"]]])(
      "%s gives up after --lock-timeout with exit 4, and writes nothing",
      async (args) => {
        await database.rows("update obc_communities set households = 1");
        const before = await digest(database);
        const lock = await holdLock(database);
        const result = await database.obcSync([...args, "--lock-timeout", "0.3"]);
        await lock.rollback();
        expect(result).toMatchObject({ exitCode: 4, stdout: "" });
        expect(result.stderr).toContain("another run is writing to this database and did not finish within 0.3 s");
        expect(await digest(database)).toBe(before);
      },
    );

    it("sync waits until the lock is free, and then uses the current data", async () => {
      const lock = await holdLock(database);
      const running = database.startObcSync(["sync", "--lock-timeout", "30"]);
      await sleep(700);
      expect(running.process.exitCode).toBeNull();
      await lock.raw("update obc_communities set households = 5");
      await lock.commit();
      expect(await running.result).toMatchObject({ exitCode: 0 });
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
      const [sums] = await database.rows(
        "select (select sum(households) from obc_communities) as c, (select sum(households) from province_coverages) as p",
      );
      expect(sums?.p).toBe(sums?.c);
    });

    it("commands that only read do not wait", async () => {
      const lock = await holdLock(database);
      const flags = ["--lock-timeout", "0"];
      expect(await database.obcSync(["verify", ...flags])).toMatchObject({ exitCode: 0 });
      expect(await database.obcSync(["sync", "--dry-run", ...flags])).toMatchObject({ exitCode: 0 });
      await lock.rollback();
    });

    it("OBC_SYNC_LOCK_TIMEOUT sets the wait, and JSON reports what happened", async () => {
      const lock = await holdLock(database);
      const { stdout, stderr, exitCode } = await database.obcSync(["sync", "--json"], {
        env: { OBC_SYNC_DATABASE: database.location, OBC_SYNC_LOCK_TIMEOUT: "0" },
      });
      await lock.rollback();
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 4 });
      expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, error: { code: "LOCK_HELD" } });
    });
  },
  { stage: "example" },
);

onEveryDatabase(
  "two syncs at once",
  (database) => {
    it("both succeed, one after the other", async () => {
      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      const runs = await Promise.all([database.obcSync(["sync"]), database.obcSync(["sync"])]);
      expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
      const written = await database.rows<{ units: number }>(
        `select count(kept.unit_id) as units from obc_sync_runs run
           left join obc_sync_run_values kept on kept.run_id = run.id and kept.level = 'municipality'
          group by run.id order by run.id desc limit 2`,
      );
      expect(written.map(({ units }) => units)).toEqual([0, 109]);
    });
  },
  { stage: "example" },
);

describe("while another program holds locks on PostgreSQL", () => {
  const database = useDatabase("postgres", { stage: "example" });
  const CODE = "1001301001";
  const LOCKS = {
    row: "update obc_communities set notes = 'held'",
    table: "lock table obc_communities in access exclusive mode",
  };
  const COMMANDS = [["sync"], ["community", "archive", CODE], ["import", "communities", fixture("communities.csv")]];

  const held = async (lock: keyof typeof LOCKS) => {
    const transaction = await database.knex.transaction();
    await transaction.raw(LOCKS[lock]);
    return transaction;
  };

  it.each([
    ...COMMANDS.map((args) => ({ lock: "table", args }) as const),
    { lock: "table", args: ["verify"] } as const,
    { lock: "row", args: ["community", "archive", CODE] } as const,
  ])("$args gives up on a locked $lock after --lock-timeout with exit 4, and says so", async ({ lock, args }) => {
    await database.rows(
      "insert into obc_communities (barangay_id) select id from barangays where code = ? on conflict do nothing",
      CODE,
    );
    const before = await digest(database);
    const transaction = await held(lock);
    const started = performance.now();
    const result = await database.obcSync([...args, "--lock-timeout", "0.5", "--json"]);
    await transaction.rollback();
    expect(result).toMatchObject({ exitCode: 4, stderr: "" });
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: "DATABASE_BUSY" } });
    // Without the limit it would wait for as long as the lock is held.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await digest(database)).toBe(before);
  });

  it.each(COMMANDS)("%s %s %s stops at the first Ctrl-C while it waits", async (...args) => {
    const transaction = await held("table");
    const running = database.startObcSync([...args.filter((arg) => arg !== undefined), "--lock-timeout", "60"]);
    await waitFor(async () => {
      const waiting = await database.rows("select 1 from pg_locks where not granted");
      return waiting.length > 0;
    });
    running.process.kill("SIGINT");
    expect(await running.result).toMatchObject({ exitCode: 130 });
    await transaction.rollback();
  });
});

describe("a SQLite file in rollback-journal mode", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  it.each([["sync"], ["verify"], ["community", "archive", "1001301001"]])(
    "%s waits while it is locked exclusively, and gives up with exit 4",
    async (...args) => {
      await database.rows("pragma journal_mode = delete");
      await database.rows("begin exclusive");
      const result = await database.obcSync([...args, "--lock-timeout", "0.5"]);
      expect(result).toMatchObject({ exitCode: 4, stdout: "" });
      expect(result.stderr).toContain("did not finish within 0.5 s");

      const running = database.startObcSync(["sync", "--lock-timeout", "30"]);
      await sleep(700);
      expect(running.process.exitCode).toBeNull();
      await database.rows("commit");
      expect(await running.result).toMatchObject({ exitCode: 0 });
    },
  );
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
