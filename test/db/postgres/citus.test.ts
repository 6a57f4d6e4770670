/** The operations on a Citus cluster, against plain SQL. Only the place of the tables differs, so one test covers each. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as library from "../../../src/index.ts";
import { onCitus } from "../../helpers/citus-database.ts";
import type { TestDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument, type ShownRun, type SyncDocument } from "../../helpers/documents.ts";
import { linesOf } from "../../helpers/lines-of.ts";
import { expectedMunicipalities, expectedProvinces, storedCoverages } from "../../helpers/plain-sql.ts";
import { fixture } from "../../helpers/project.ts";
import { temporaryFolder, written } from "../../helpers/temporary-folder.ts";
import { countsOf, differences, unitStates } from "../../helpers/unit-changes.ts";
import { OPERATIONS, type Operation, prepare } from "../runs/operations.ts";

const [BALINTAD, IMBATUG, DAMULOG] = ["1001301001", "1001301005", "1001302001"];

onCitus("a Citus cluster", (database) => {
  beforeAll(async () => {
    for (const args of [["migrate"], ["import", "geography"], ["import", "communities", fixture("communities.csv")]]) {
      expect(await database.obcSync(args)).toMatchObject({ exitCode: 0 });
    }
    const before = await storedCoverages(database, "municipality");
    const migrated = await database.obcSync(["migrate", "--citus", "--json"]);
    expect(JSON.parse(migrated.stdout)).toMatchObject({ applied: ["citus"], citus: { nodes: 2, isDistributed: true } });
    expect(await storedCoverages(database, "municipality")).toEqual(before);
    await expectTrue(database);
  }, 300_000);

  const log = () =>
    database.rows<{ code: string }>(
      "select distinct b.code from obc_sync_community_log l join barangays b on b.id = l.barangay_id order by b.code",
    );
  const codes = async () => (await log()).map(({ code }) => code);
  const set = (code: string, households: number) =>
    database.rows(
      "update obc_communities set households = ? where barangay_id = (select id from barangays where code = ?)",
      households,
      code,
    );
  const changed = async (...args: string[]) =>
    documentOf<SyncDocument>(await database.obcSync(["sync", "--changed", ...args, "--json"]));

  it("has the communities on its nodes, and says so", async () => {
    expect(
      await database.rows(
        "select table_name::text as name, citus_table_type as type, distribution_column as by from citus_tables order by 1",
      ),
    ).toEqual([
      { name: "barangays", type: "reference", by: "<none>" },
      { name: "municipalities", type: "reference", by: "<none>" },
      { name: "obc_communities", type: "distributed", by: "barangay_id" },
      { name: "obc_sync_community_log", type: "distributed", by: "barangay_id" },
      { name: "provinces", type: "reference", by: "<none>" },
      { name: "regions", type: "reference", by: "<none>" },
    ]);
    const status = await database.obcSync(["migrate", "--status"]);
    expect(status.stdout).toContain("The communities are distributed over 2 nodes by Citus");
    expect((await database.obcSync(["migrate", "--citus"])).stdout).toContain("is up to date");
  });

  describe("with few communities", () => {
    beforeEach(async () => {
      await database.reset();
      await prepare(database);
    });

    it("captures what other programs write, and clears what a sync has read", async () => {
      await set(DAMULOG, 77);
      await database.rows(
        "insert into obc_communities (barangay_id, households) select id, 3 from barangays where code in (?, ?)",
        IMBATUG,
        "1001301002",
      );
      await database.rows(
        "delete from obc_communities where barangay_id = (select id from barangays where code = ?)",
        BALINTAD,
      );
      expect(await codes()).toEqual([BALINTAD, "1001301002", IMBATUG, DAMULOG]);
      const { municipalities, provinces } = await changed();
      expect([municipalities.updated, provinces.updated]).toEqual([2, 1]);
      expect(await codes()).toEqual([]);
      await expectTrue(database);

      await database.rows("update barangays set name = 'Renamed' where code = ?", DAMULOG);
      expect((await changed()).changes.map(({ code }) => code)).toEqual(["1001302000"]);
      await database.rows("truncate obc_communities");
      await changed();
      await expectTrue(database);
    });

    it("keeps the entries of other units in a sync of one, and of a saved plan", async () => {
      await set(DAMULOG, 77);
      await set(BALINTAD, 78);
      await database.obcSync(["sync", "--municipality", "1001302000"]);
      expect(await codes()).toEqual([BALINTAD]);

      const plan = join(temporaryFolder(), "plan.json");
      await changed("--plan-out", plan);
      await set(DAMULOG, 79);
      expect((await database.obcSync(["apply", plan])).exitCode).toBe(0);
      expect(await codes()).toEqual([DAMULOG]);
      await changed();
      await expectTrue(database);
    });

    it("keeps a change that is committed while a run has read the communities before", async () => {
      await database.knex.transaction(
        async (transaction) => {
          await library.verify(transaction);
          await set(DAMULOG, 90);
          await library.sync(transaction);
        },
        { isolationLevel: "repeatable read" },
      );
      expect(await codes()).toEqual([DAMULOG]);
      expect((await changed()).municipalities.updated).toBe(1);
      await expectTrue(database);
    });

    it("refuses a caller's transaction in which each statement sees another snapshot", async () => {
      await expect(database.knex.transaction((transaction) => library.sync(transaction))).rejects.toThrow(
        "the transaction is read committed",
      );
    });

    it("refuses a write where another transaction has changed the community since", async () => {
      const attempt = database.knex.transaction(
        async (transaction) => {
          await library.verify(transaction);
          await set(DAMULOG, 90);
          await library.updateCommunity(transaction, DAMULOG, { households: 1 });
        },
        { isolationLevel: "repeatable read" },
      );
      await expect(attempt).rejects.toThrow("could not serialize access");
      expect(await database.rows("select households from obc_communities where households in (1, 90)")).toEqual([
        { households: 90 },
      ]);
    });

    it("puts broken triggers back", async () => {
      await database.knex.transaction(async (transaction) => {
        await transaction.raw("set local citus.enable_unsafe_triggers to on");
        await transaction.raw("drop trigger obc_sync_communities_update on obc_communities");
      });
      await set(DAMULOG, 91);
      const refused = await database.obcSync(["sync", "--changed", "--no-repair", "--json"]);
      expect(documentOf<ErrorDocument>(refused).error.message).toContain("obc_sync_communities_update");
      expect((await changed()).repaired).toEqual([{ trigger: "obc_sync_communities_update", problem: "missing" }]);
      await expectTrue(database);
      await set(DAMULOG, 92);
      expect(await codes()).toEqual([DAMULOG]);
    });

    it("counts what an import changes, and takes it back", async () => {
      const file = written("list.csv", "barangay_code,households", `${DAMULOG},500`, "1001302002,10", `${IMBATUG},6`);
      const before = await unitStates(database);
      const counts = { created: 1, updated: 1, unchanged: 1 };
      expect(documentOf(await database.obcSync(["import", "communities", file, "--dry-run", "--json"]))).toMatchObject(
        counts,
      );
      expect(await unitStates(database)).toEqual(before);
      expect(documentOf(await database.obcSync(["import", "communities", file, "--json"]))).toMatchObject(counts);
      await expectTrue(database);
      const again = documentOf(await database.obcSync(["import", "communities", file, "--json"]));
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
      expect((await database.obcSync(["revert", "2"])).exitCode).toBe(0);
      expect(differences(before, await unitStates(database))).toEqual([]);
    });

    it("is watched", async () => {
      const watch = database.startObcSync(["watch"]);
      const line = linesOf(watch);
      await line(/watching/);
      await set(DAMULOG, 93);
      expect(await line(/synced/)).toContain("Damulog");
      watch.process.kill("SIGINT");
      expect((await watch.result).exitCode).toBe(0);
      await expectTrue(database);
    });

    it.each(Object.keys(OPERATIONS).filter((name) => !ON_OTHER_TERMS.includes(name)))(
      "keeps exactly what it changed: %s",
      async (name) => {
        const { command, before, act, changesNothing = false } = OPERATIONS[name] as Operation;
        await before?.(database);
        const [runs, was] = [await lastRun(database), await unitStates(database)];
        await act(database);
        const changes = differences(was, await unitStates(database));
        expect(changes.length === 0).toBe(changesNothing);
        const shown = documentOf<ShownRun>(await database.obcSync(["history", "show", String(runs + 1), "--json"]));
        expect(shown.run).toMatchObject({ command, counts: countsOf(changes) });
        const values = shown.changes.map(({ level, code, action, fields }) => ({ level, code, action, fields }));
        expect(values).toEqual(changes);
      },
    );
  });

  it("reads the example as it is: exports, the report and the checks", async () => {
    await database.reset();
    await database.obcSync(["import", "communities", fixture("communities.csv")]);
    await expectTrue(database);
    const folder = temporaryFolder();
    const exported = await database.obcSync(["export", "communities", "--fields", "households"]);
    const [{ households } = { households: 0 }] = await database.rows<{ households: number }>(
      "select sum(households) as households from obc_communities",
    );
    const rows = exported.stdout.trim().split("\n").slice(1);
    expect(rows).toHaveLength(600);
    expect(rows.reduce((sum, row) => sum + Number(row.split(",").at(-1)), 0)).toBe(households);
    for (const args of [
      ["export", "coverages", "--level", "all", "--output", join(folder, "c.xlsx")],
      ["export", "communities", "--as-of", "1", "--output", join(folder, "a.csv")],
      ["report", "--output", join(folder, "r.html")],
      ["analyze", "--severity", "error"],
      ["perf", "--runs", "1"],
    ]) {
      expect(await database.obcSync(args), args.join(" ")).toMatchObject({ exitCode: 0 });
    }
    expect(readFileSync(join(folder, "a.csv"), "utf8").trim().split("\n")).toHaveLength(601);
  }, 300_000);

  it("finds drift", async () => {
    await database.rows("update municipality_coverages set households = households + 1 where households > 0");
    const { exitCode, stdout } = await database.obcSync(["verify", "--json"]);
    const [{ count } = { count: 0 }] = await database.rows<{ count: number }>(
      "select count(*) as count from municipality_coverages where households > 0",
    );
    expect(exitCode).toBe(2);
    const { drift } = JSON.parse(stdout) as { drift: Array<{ level: string }> };
    expect(drift.filter(({ level }) => level === "municipality")).toHaveLength(count);
  });

  it("is set up again after everything of obc-sync was removed", async () => {
    expect((await database.obcSync(["migrate", "--remove", "--yes"])).exitCode).toBe(0);
    expect(await database.rows("select proname from pg_proc where proname like 'obc\\_sync\\_%'")).toEqual([]);
    const { applied } = JSON.parse((await database.obcSync(["migrate", "--json"])).stdout);
    expect(applied).toContain("citus");
    expect(documentOf<SyncDocument>(await database.obcSync(["sync", "--changed", "--json"])).communities).toBe(600);
    await expectTrue(database);
  });
});

/** In transactions that are read committed, or with a trigger that only a setting allows to drop. */
const ON_OTHER_TERMS = ["two operations in one transaction", "sync --changed after a repair"];

async function lastRun(database: TestDatabase): Promise<number> {
  const [{ id } = { id: 0 }] = await database.rows<{ id: number }>("select max(id) as id from obc_sync_runs");
  return id;
}

/** Compares the coverages with plain sums of the tables. */
async function expectTrue(database: TestDatabase): Promise<void> {
  const zeros = (found: Awaited<ReturnType<typeof expectedMunicipalities>>) =>
    Object.fromEntries(Object.entries(found).filter(([, figures]) => figures.total_obc_communities !== 0));
  expect(zeros(await storedCoverages(database, "municipality"))).toEqual(await expectedMunicipalities(database));
  expect(zeros(await storedCoverages(database, "province"))).toEqual(zeros(await expectedProvinces(database)));
  expect((await database.obcSync(["verify"])).exitCode).toBe(0);
}
