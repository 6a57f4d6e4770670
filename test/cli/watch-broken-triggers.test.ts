import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { linesOf } from "../helpers/lines-of.ts";
import { CHANGE, damage, damagesOf } from "../helpers/trigger-damage.ts";

/** Logged by a trigger that no damage concerns, so that a watcher wakes. */
const OTHER_CHANGE = "update barangays set name = name || ' I' where code = '1001301001'";

onEveryDatabase(
  "watch where triggers of the change log are broken",
  (database) => {
    it.each(damagesOf(database.kind))("puts them back at its start and loses nothing: $what", async (planted) => {
      await damage(database, planted, CHANGE);
      const watch = database.startObcSync(["watch", "--json"]);
      const line = linesOf(watch);
      expect(JSON.parse(await line(/"synced"/))).toMatchObject({ repaired: planted.broken });
      await line(/"started"/);
      await expectCoveragesInStep(database);

      await database.rows(CHANGE);
      expect(JSON.parse(await line(/"synced"/))).toMatchObject({ repaired: [] });
      await expectCoveragesInStep(database);
      watch.process.kill("SIGINT");
      expect((await watch.result).exitCode).toBe(0);
      expect(await database.rows("select * from obc_sync_change_log")).toEqual([]);
    });

    const silent = damagesOf(database.kind).filter(({ logs }) => !logs);

    it.each(silent)("puts them back while it runs: $what", async (planted) => {
      const watch = database.startObcSync(["watch"]);
      const line = linesOf(watch);
      await line(/watching/);
      await damage(database, planted, CHANGE, OTHER_CHANGE);
      expect(await line(/synced/)).toContain(
        `everything was synced (${planted.broken[0]?.problem.replaceAll("-", " ")}`,
      );
      await expectCoveragesInStep(database);
      watch.process.kill("SIGTERM");
      expect((await watch.result).exitCode).toBe(0);
    });

    it.each(silent)("ends with --no-repair, at its start and while it runs: $what", async (planted) => {
      const watch = database.startObcSync(["watch", "--no-repair"]);
      const line = linesOf(watch);
      await line(/watching/);
      await damage(database, planted, CHANGE, OTHER_CHANGE);
      const ended = await watch.result;
      const again = await database.obcSync(["watch", "--no-repair"]);
      for (const { exitCode, stderr } of [ended, again]) {
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(
          /^error: the triggers of the change log are broken.*\nhint: {2}Run: obc-sync sync --changed/,
        );
      }
    });
  },
  { stage: "example" },
);
