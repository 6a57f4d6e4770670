import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateCommunities, toCsv } from "../../fixtures/make-communities.ts";
import { loadBundledGeography } from "../../src/files/geography/bundled-geography.ts";
import { onEveryDatabase, type TestDatabase } from "../helpers/databases.ts";
import { contentDigest, unitsDigest } from "../helpers/plain-sql.ts";

const KILLS = Number(process.env.KILLS ?? 6);
const file = join(tmpdir(), `obc-sync-kill-${process.pid}.csv`);

/** 5,252 communities: enough for reading, staging and writing to each take a large part of the time. */
beforeAll(async () => {
  const { barangays } = await loadBundledGeography();
  const chosen = barangays.filter((_, index) => index % 8 === 0);
  await writeFile(file, [...toCsv(generateCommunities(chosen, { seed: 9, blankShare: 0.06 }))].join(""));
});
afterAll(() => rm(file, { force: true }));

/** The digests are of every table, so that a run and its values are there exactly where its changes are. */
onEveryDatabase("kill -9 at any moment", (database) => {
  it("of an import leaves the tables as before or as after", async () => {
    await killRepeatedly(["import", "communities", file], ["obc_communities"]);
  });

  it("of a sync leaves the tables as before or as after", async () => {
    await database.obcSync(["import", "communities", file, "--no-sync"]);
    await forgetRuns();
    await killRepeatedly(["sync"], []);
  });

  it("of a revert leaves the tables as before or as after", async () => {
    expect(await database.obcSync(["import", "communities", file])).toMatchObject({ exitCode: 0 });
    const imported = { units: await unitsDigest(database), values: await valuesOfRun(1) };
    const started = performance.now();
    expect(await database.startObcSync(["revert", "1"]).result).toMatchObject({ exitCode: 0 });
    const duration = performance.now() - started;
    const emptied = { units: await unitsDigest(database), values: await valuesOfRun(2) };
    expect(imported.values).toBe(emptied.values);
    // A revert of the newest run leads from each of the two states to the other.
    let run = 2;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const [before, after] = run % 2 === 0 ? [emptied, imported] : [imported, emptied];
      const delay = duration * (0.2 + 0.8 * Math.random());
      const running = database.startObcSync(["revert", String(run)]);
      await sleep(delay);
      running.process.kill("SIGKILL");
      await running.result;
      await untilServerNoticed(database);
      const [newest] = await database.rows<{ id: number }>("select max(id) as id from obc_sync_runs");
      const isCommitted = newest?.id === run + 1;
      expect(
        { units: await unitsDigest(database), values: await valuesOfRun(run + 1) },
        `killed after ${delay} of ${duration} ms`,
      ).toEqual(isCommitted ? after : { ...before, values: 0 });
      if (isCommitted) run += 1;
    }
  });

  async function forgetRuns(): Promise<void> {
    for (const table of ["obc_sync_change_log", "obc_sync_run_values", "obc_sync_runs"]) {
      await database.rows(`delete from ${table}`);
    }
  }

  async function valuesOfRun(run: number): Promise<number> {
    const [kept] = await database.rows<{ units: number }>(
      "select count(*) as units from obc_sync_run_values where run_id = ?",
      run,
    );
    return Number(kept?.units);
  }

  /** Runs a command once until it exits, then runs it again and again and kills it at random moments within that time. */
  async function killRepeatedly(args: string[], filled: string[]): Promise<void> {
    const undo = async () => {
      for (const table of [
        "province_coverages",
        "municipality_coverages",
        "obc_sync_run_values",
        "obc_sync_runs",
        ...filled,
        "obc_sync_change_log",
      ]) {
        await database.rows(`delete from ${table}`);
      }
    };
    const before = await contentDigest(database);
    const started = performance.now();
    expect(await database.startObcSync(args).result).toMatchObject({ exitCode: 0 });
    const duration = performance.now() - started;
    const after = await contentDigest(database);
    expect(after).not.toBe(before);
    await undo();
    expect(await contentDigest(database)).toBe(before);

    for (let kill = 1; kill <= KILLS; kill += 1) {
      const delay = duration * (0.2 + 0.8 * Math.random());
      const running = database.startObcSync(args);
      await sleep(delay);
      running.process.kill("SIGKILL");
      await running.result;
      await untilServerNoticed(database);
      expect([before, after], `killed after ${delay} of ${duration} ms`).toContain(await contentDigest(database));
      await undo();
    }
    expect(await database.obcSync(args)).toMatchObject({ exitCode: 0 });
    expect(await contentDigest(database)).toBe(after);
  }
});

/** PostgreSQL finishes the current statement before it notices that the client has gone. */
async function untilServerNoticed(database: TestDatabase): Promise<void> {
  if (database.kind === "sqlite") return;
  const sessions =
    "select 1 from pg_stat_activity where datname = current_database() and application_name = 'obc-sync'";
  while ((await database.rows(sessions)).length > 0) await sleep(20);
}
