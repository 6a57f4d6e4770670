import { expect, it } from "vitest";
import { analyze, history, previewSync, sync } from "../../../src/index.ts";
import { hoursAgo } from "../../cli/diagnosis/faults/fault.ts";
import { onEveryDatabase } from "../../helpers/databases.ts";

onEveryDatabase(
  "the heartbeat of a sync that finds nothing to do",
  (database) => {
    const changed = { scope: { kind: "changed" as const } };
    const beats = () => database.rows<{ checked_at: string | Date }>("select checked_at from obc_sync_heartbeat");

    it("is left once a minute, and is no run", async () => {
      // The run of a minute ago says as much.
      await sync(database.knex);
      expect((await sync(database.knex, changed)).queries).toMatchObject({ read: 0, write: 0, bookkeeping: 1 });
      expect(await beats()).toEqual([]);

      await database.rows("update obc_sync_runs set finished_at = ?", hoursAgo(50));
      const { runs } = await history(database.knex);
      expect((await previewSync(database.knex, changed)).queries).toMatchObject({ bookkeeping: 1 });
      await database.knex.transaction((transaction) => sync(transaction, changed));
      expect(await beats()).toEqual([]);

      const before = Date.now();
      expect((await sync(database.knex, changed)).queries).toMatchObject({ read: 0, write: 0, bookkeeping: 2 });
      const [beat, ...others] = await beats();
      const at = new Date(beat?.checked_at ?? 0).getTime();
      expect(others).toEqual([]);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
      expect((await sync(database.knex, changed)).queries).toMatchObject({ bookkeeping: 1 });
      expect(await beats()).toEqual([beat]);
      expect((await history(database.knex)).runs).toEqual(runs);

      const { checks } = await analyze(database.knex, { checks: ["last-sync"] });
      expect(checks[0]?.count).toBe(0);
      await database.rows("update obc_sync_heartbeat set checked_at = ?", hoursAgo(49));
      const later = await analyze(database.knex, { checks: ["last-sync"] });
      expect(later.checks[0]?.findings[0]?.figures).toMatchObject({ hours_since: 49 });
      expect((await sync(database.knex, changed)).queries).toMatchObject({ bookkeeping: 2 });
    });
  },
  { stage: "example" },
);
