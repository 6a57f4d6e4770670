import { expect, it } from "vitest";
import { onEveryDatabase, type TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type SyncDocument } from "../../helpers/documents.ts";
import { expectCoveragesInStep } from "../../helpers/in-step.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { runRecorded } from "../../helpers/sent-statements.ts";
import { CHANGE, damage, damagesOf } from "../../helpers/trigger-damage.ts";

const logged = ({ rows }: TestDatabase) => rows("select * from obc_sync_change_log");

onEveryDatabase(
  "sync --changed where triggers of the change log are broken",
  (database) => {
    const syncChanged = async (...flags: string[]) => {
      const result = await database.obcSync(["sync", "--changed", "--json", ...flags]);
      return { exitCode: result.exitCode, report: documentOf<SyncDocument>(result) };
    };

    it.each(damagesOf(database.kind))("loses nothing and puts them back: $what", async (planted) => {
      const { broken, logs = false } = planted;
      await damage(database, planted, CHANGE);
      expect((await logged(database)).length > 0).toBe(logs);
      const before = await digest(database);

      const refused = await database.obcSync(["sync", "--changed", "--no-repair", "--json"]);
      const { error } = documentOf<ErrorDocument>(refused);
      expect({ exitCode: refused.exitCode, code: error.code }).toEqual({ exitCode: 1, code: "CAPTURE_BROKEN" });
      for (const { trigger } of broken) expect(error.message).toContain(trigger);
      expect(error.hint).toContain("obc-sync sync --changed");

      const preview = await syncChanged("--dry-run");
      expect(preview.report.repaired).toEqual(broken);
      expect(preview.report.municipalities.updated).toBeGreaterThan(20);
      expect(await digest(database)).toBe(before);

      const { exitCode, report } = await syncChanged();
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({ scope: { kind: "changed" }, repaired: broken, changes: preview.report.changes });
      await expectCoveragesInStep(database);
      expect(await logged(database)).toEqual([]);

      expect((await syncChanged("--no-repair")).report).toMatchObject({ repaired: [], communities: 0 });
      // A trigger that is left on another table would fail here.
      await database.rows("update regions set name = name");
      expect(await logged(database)).toEqual([]);
      for (const statement of [CHANGE, "delete from obc_communities where barangay_id % 7 = 0"]) {
        await database.rows(statement);
        expect(await logged(database)).not.toEqual([]);
        expect((await syncChanged()).report).toMatchObject({ repaired: [] });
        await expectCoveragesInStep(database);
        expect(await logged(database)).toEqual([]);
      }
    });
  },
  { stage: "example" },
);

onEveryDatabase(
  "the check of the triggers",
  (database) => {
    const CATALOG = /\b(pg_trigger|sqlite_master)\b/;

    it("is one control statement of sync --changed, before the log is read, and none of other syncs", async () => {
      // The example may be older than a minute: a sync of what changed would leave a heartbeat.
      await database.obcSync(["sync"]);
      for (const [flags, count] of [
        [["--changed"], 1],
        [["--changed", "--dry-run"], 1],
        [[], 0],
        [["--province", "Bukidnon"], 0],
      ] as const) {
        const { result, sent } = await runRecorded(database, ["sync", "--json", ...flags]);
        const looks = sent.filter((sql) => CATALOG.test(sql));
        expect({ flags, looks: looks.length }).toEqual({ flags, looks: count });
        expect(looks.every((sql) => sql.startsWith("/* obc-sync control */"))).toBe(true);
        if (count === 0) continue;
        const { queries } = documentOf<SyncDocument>(result);
        expect(queries).toMatchObject({ read: 0, write: 0, bookkeeping: 1 });
        expect(sent).toHaveLength(1 + queries.control);
        expect(sent.findIndex((sql) => CATALOG.test(sql))).toBeLessThan(
          sent.findIndex((sql) => sql.startsWith("/* obc-sync bookkeeping */")),
        );
      }
    });

    it("says in words what was wrong, also with --quiet", async () => {
      const drop = "drop trigger obc_sync_barangays_update";
      await database.rows(database.kind === "sqlite" ? drop : `${drop} on barangays`);
      const preview = await database.obcSync(["sync", "--changed", "--dry-run", "--detailed-exitcode", "--quiet"]);
      expect(preview).toMatchObject({ exitCode: 2, stderr: "" });
      expect(preview.stdout).toMatch(
        /^! The triggers of the change log are broken, .* would put them back .*\n {2}missing: obc_sync_barangays_update\n$/,
      );
      const { exitCode, stdout } = await database.obcSync(["sync", "--changed", "--quiet"]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /^! The triggers of the change log were broken, .* everything was synced\.\n {2}missing: obc_sync_barangays_update\n$/,
      );
      expect((await database.obcSync(["sync", "--changed", "--quiet"])).stdout).toBe("");
    });

    it("belongs to --changed", async () => {
      const { exitCode, stderr } = await database.obcSync(["sync", "--no-repair"]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("--no-repair requires --changed");
    });
  },
  { stage: "example" },
);
