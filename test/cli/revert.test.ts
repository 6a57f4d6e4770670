import { expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument, type RevertDocument, type RunDocument } from "../helpers/documents.ts";
import { expectCoveragesInStep } from "../helpers/in-step.ts";
import { digest } from "../helpers/plain-sql.ts";
import { runRecorded } from "../helpers/sent-statements.ts";
import { written } from "../helpers/temporary-folder.ts";
import { differences, unitStates } from "../helpers/unit-changes.ts";

const DAMULOG = "1001302000";
const ALUDAS = "1001302001";
/** A community of Damulog, and one of another province. */
const [SECOND, FAR] = ["1001302002", "0907201006"];

onEveryDatabase(
  "revert",
  (database) => {
    const run = async (...args: string[]) => {
      const result = await database.obcSync([...args, "--json"]);
      expect(result.exitCode, result.stdout).toBe(0);
      return result;
    };
    const revert = async (...args: string[]) => documentOf<RevertDocument>(await run("revert", ...args));
    const refused = async (...args: string[]) => {
      const before = await digest(database);
      const result = await database.obcSync(["revert", ...args, "--json"]);
      expect(result.exitCode, result.stdout).toBe(1);
      expect(await digest(database)).toBe(before);
      return documentOf<ErrorDocument>(result).error;
    };
    /** Run 2: an import that doubles the households of three communities. */
    const importDoubled = async () => {
      const households = await database.rows<{ code: string; households: number }>(
        `select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id
          where b.code in (?, ?, ?)`,
        ALUDAS,
        SECOND,
        FAR,
      );
      const lines = households.map((row) => `${row.code},${(row.households ?? 4) * 2}`);
      expect(lines).toHaveLength(3);
      await run("import", "communities", written("doubled.csv", "barangay_code,households", ...lines));
    };
    const write = (code: string, set: string) =>
      database.rows(
        `update obc_communities set ${set} where barangay_id = (select id from barangays where code = ?)`,
        code,
      );

    it("shows what it would do, and then does exactly that", async () => {
      const before = await unitStates(database);
      await importDoubled();
      const after = await digest(database);
      const preview = await revert("2", "--dry-run");
      expect(await digest(database)).toBe(after);
      const reverted = await revert("2");
      expect(preview).toMatchObject({ dryRun: true, reverts: 2, run: null });
      expect(reverted).toMatchObject({ dryRun: false, reverts: 2, run: 3, overtaken: [] });
      expect(reverted.changes).toEqual(preview.changes);
      expect(reverted.changes.map(({ level, code, name }) => `${level} ${code} ${name}`)).toEqual([
        "community 0907201006 Barcelona",
        "community 1001302001 Aludas",
        "community 1001302002 Angga-an",
        "municipality 0907201000 City of Dapitan",
        "municipality 1001302000 Damulog",
        "province 0907200000 Zamboanga del Norte",
        "province 1001300000 Bukidnon",
      ]);
      expect(reverted.sync).toMatchObject({ municipalities: { updated: 0 }, provinces: { updated: 0 } });
      expect(await unitStates(database)).toEqual(before);
      const { runs } = documentOf<{ runs: RunDocument[] }>(await run("history"));
      expect(runs.map(({ id, reverts, revertedBy }) => [id, reverts, revertedBy])).toEqual([
        [3, 2, null],
        [2, null, 3],
        [1, null, null],
      ]);
    });

    it("says in words what it did, and how to bring it back", async () => {
      await importDoubled();
      const planned = await database.obcSync(["revert", "2", "--dry-run"]);
      expect(planned.stdout).toMatch(
        /^Would revert run 2 \(import\)\n {2}~ Would update: Barcelona, City of Dapitan, Zamb/,
      );
      expect(planned.stdout).toMatch(/\nDry run: nothing was written\.\n$/);
      const done = await database.obcSync(["revert", "2"]);
      expect(done.stdout).toMatch(
        /^Reverted run 2 \(import\)\n {2}~ Updated: Barcelona, City of Dapitan, Zamboanga del Norte {3}households /,
      );
      expect(done.stdout).toMatch(/\nDone in .*\. This is run 3: obc-sync revert 3 brings it back\.\n$/);
      const again = await database.obcSync(["revert", "3", "--quiet"]);
      expect(again).toMatchObject({ exitCode: 0, stdout: "" });
      expect((await database.obcSync(["history"])).stdout).toMatch(/│ +3 │ [^│]+ │ revert 2 +│.*│ +4 │/);
    });

    it("--last takes the newest run that changed something, is no revert and is not taken back", async () => {
      await importDoubled();
      await run("community", "set", ALUDAS, "notes=x");
      await run("sync");
      expect((await revert("--last")).reverts).toBe(3);
      expect((await revert("--last")).reverts).toBe(2);
      // Run 2 is in force again, then taken back again.
      await run("revert", "6");
      await run("revert", "7");
      expect((await revert("--last")).reverts).toBe(1);
      expect(await database.rows("select * from obc_communities")).toEqual([]);
      expect(await database.rows("select * from municipality_coverages")).toEqual([]);
      expect((await refused("--last")).code).toBe("RUN_UNKNOWN");
    });

    it("is refused where a later run or another program has changed a unit since, naming both", async () => {
      await importDoubled();
      await run("community", "set", ALUDAS, "households=12345");
      await write(SECOND, "households = 54321");
      const error = await refused("2");
      expect(error).toMatchObject({ code: "RUN_OVERTAKEN" });
      expect(error.message.split("\n")).toEqual([
        "run 2 cannot be reverted, nothing was written: 2 units have been changed since",
        "  community Aludas, Damulog, Bukidnon (1001302001): households has been changed since, by run 3",
        "  community Angga-an, Damulog, Bukidnon (1001302002): households has been changed since, by another program",
      ]);
      expect(error.hint).toContain("To revert only the other one, add --force.");
      expect((await refused("2", "--dry-run")).code).toBe("RUN_OVERTAKEN");
      const { stderr, stdout, exitCode } = await database.obcSync(["revert", "2"]);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
      expect(stderr).toContain("\n  community Aludas, Damulog, Bukidnon (1001302001): households has");
      expect(stderr + JSON.stringify(error)).not.toMatch(/12,?345|54,?321/);
    });

    it("--force reverts the others and lists what stays", async () => {
      const before = await unitStates(database);
      await importDoubled();
      await run("community", "set", ALUDAS, "households=12345");
      const changed = await unitStates(database);
      const report = await revert("2", "--force");
      expect(report.overtaken).toEqual([
        {
          ...{ level: "community", code: ALUDAS, name: "Aludas", parent: "Damulog" },
          reason: "households has been changed since, by run 3",
        },
      ]);
      const after = await unitStates(database);
      expect(after[`community ${ALUDAS}`]).toEqual(changed[`community ${ALUDAS}`]);
      for (const code of [SECOND, FAR]) expect(after[`community ${code}`]).toEqual(before[`community ${code}`]);
      await expectCoveragesInStep(database);
      expect((await refused("2", "--force")).code).toBe("RUN_REVERTED");
    });

    it("--force says in words what stays", async () => {
      await importDoubled();
      await run("community", "set", ALUDAS, "households=12345");
      const { stdout } = await database.obcSync(["revert", "2", "--force"]);
      expect(stdout).toContain(
        "1 unit stays as it is: something newer stands there\n" +
          "  ! Aludas, Damulog (1001302001): households has been changed since, by run 3\n",
      );
    });

    it("is refused with --force too where nothing of the run is left", async () => {
      await importDoubled();
      for (const code of [ALUDAS, SECOND, FAR]) await write(code, "households = 9");
      const error = await refused("2", "--force");
      expect(error).toMatchObject({ code: "RUN_OVERTAKEN" });
      expect(error.hint).toContain("Nothing of the run is left to revert.");
    });

    it("leaves what later runs changed in other columns", async () => {
      await importDoubled();
      await run("community", "set", ALUDAS, "notes=checked", "women_count=3");
      await run("community", "archive", SECOND);
      const before = await unitStates(database);
      await revert("2");
      const changes = differences(before, await unitStates(database)).filter(({ level }) => level === "community");
      expect(changes.map(({ code, fields }) => [code, Object.keys(fields)])).toEqual([
        [FAR, ["households"]],
        [ALUDAS, ["households"]],
        [SECOND, ["households"]],
      ]);
      await expectCoveragesInStep(database);
    });

    it.each([
      ["99", "RUN_UNKNOWN", "there is no run 99"],
      ["3", "RUN_NOT_REVERTIBLE", "run 3 (sync) cannot be reverted: it changed no community and no coverage"],
      ["2", "RUN_REVERTED", "run 2 is reverted already, by run 4"],
    ])("of run %s is refused: %s", async (id, code, message) => {
      await importDoubled();
      await run("sync");
      await run("revert", "2");
      expect(await refused(id)).toMatchObject({ code, message });
    });

    it("needs exactly one run", async () => {
      expect((await refused()).message).toBe("which run is to be reverted?");
      expect((await refused("1", "--last")).message).toBe("--last cannot be combined with the number of a run");
      expect((await refused("one")).message).toContain('"one" is not a whole number');
    });

    it("of a sync is refused where a later sync has written newer figures", async () => {
      await write(ALUDAS, "households = 1, women_count = 1");
      await run("sync");
      await write(ALUDAS, "households = 2");
      await run("sync");
      const error = await refused("2");
      expect(error.message).toContain("households has been changed since, by run 3");
      await revert("3");
      await revert("2");
      expect((await database.obcSync(["verify"])).exitCode).toBe(2);
    });

    it("of a sync brings its coverages back, says that the next sync writes them again, and that does", async () => {
      const before = await unitStates(database);
      await write(ALUDAS, "households = 1");
      await run("sync", "--province", "Bukidnon");
      const after = await unitStates(database);
      const { stdout } = await database.obcSync(["revert", "--last"]);
      expect(stdout).toContain("The run was a sync: these coverages differ from their communities now");
      expect(differences(before, await unitStates(database)).map(({ level }) => level)).toEqual(["community"]);
      await run("sync", "--changed");
      expect(await unitStates(database)).toEqual(after);
    });

    it("leaves coverages that were made manual or archived since, and the province counts them as they are", async () => {
      await importDoubled();
      await run("coverage", "manual", DAMULOG);
      await run("coverage", "set", DAMULOG, "households=777");
      await run("coverage", "archive", "City of Dapitan");
      const before = await unitStates(database);
      const report = await revert("2");
      expect(report.overtaken).toEqual([]);
      expect(report.changes.map(({ code }) => code)).toEqual([FAR, ALUDAS, SECOND]);
      const after = await unitStates(database);
      for (const unit of [`municipality ${DAMULOG}`, "municipality 0907201000", "province 1001300000"]) {
        expect(after[unit], unit).toEqual(before[unit]);
      }
      expect(await database.obcSync(["verify"])).toMatchObject({ exitCode: 0 });
      await run("coverage", "auto", DAMULOG);
      await run("coverage", "restore", "City of Dapitan");
      await expectCoveragesInStep(database);
    });

    it("of a change to a manual coverage gives it its figures back", async () => {
      await run("coverage", "manual", DAMULOG);
      const before = await unitStates(database);
      await run("coverage", "set", DAMULOG, "households=777", "existing_support_programs=seeds");
      await write(ALUDAS, "households = 1");
      await run("sync");
      await revert("3");
      const after = await unitStates(database);
      expect(after[`municipality ${DAMULOG}`]).toEqual(before[`municipality ${DAMULOG}`]);
      expect(after["province 1001300000"]).toEqual(before["province 1001300000"]);
    });

    it("of a removal is refused where the community has been added again", async () => {
      await run("community", "remove", ALUDAS, "--yes");
      await run("community", "add", ALUDAS, "households=3");
      expect((await refused("2")).message).toContain("(1001302001): it has been added since, by run 3");
      await run("community", "remove", ALUDAS, "--yes");
      await revert("2");
      await expectCoveragesInStep(database);
    });

    it("of an addition is refused where the community was filled or removed since", async () => {
      await run("community", "remove", ALUDAS, "--yes");
      await run("community", "add", ALUDAS, "households=3");
      await write(ALUDAS, "latitude = 7.5");
      expect((await refused("3")).message).toContain("latitude has been changed since, by another program");
      await database.rows(
        "delete from obc_communities where barangay_id = (select id from barangays where code = ?)",
        ALUDAS,
      );
      expect((await refused("3")).message).toContain("it has been removed since, by another program");
    });

    it("of a removal is refused where the barangay no longer exists", async () => {
      await run("community", "remove", ALUDAS, "--yes");
      await database.rows("delete from barangays where code = ?", ALUDAS);
      expect((await refused("2")).message).toContain("(1001302001): its place no longer exists");
    });

    it("follows a barangay that was moved to another municipality since", async () => {
      await importDoubled();
      await database.rows(
        "update barangays set municipality_id = (select id from municipalities where code = '1001301000') where code = ?",
        ALUDAS,
      );
      await run("sync");
      await revert("2");
      await expectCoveragesInStep(database);
    });

    it("lists 20 units at most where more were changed since", async () => {
      await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
      const { message } = await refused("1");
      expect(message.split("\n")[0]).toContain("600 units have been changed since");
      expect(message.split("\n")).toHaveLength(22);
      expect(message).toMatch(/\n {2}and 580 more$/);
    });

    it("sends as many statements for 600 communities as for three", async () => {
      await importDoubled();
      const small = (await runRecorded(database, ["revert", "2", "--dry-run"])).sent;
      await run("revert", "2");
      await database.rows("update obc_communities set households = coalesce(households, 0)");
      const everyone = await database.rows<{ code: string; households: number }>(
        "select b.code, c.households from obc_communities c join barangays b on b.id = c.barangay_id",
      );
      const lines = everyone.map(({ code, households }) => `${code},${households * 2 + 1}`);
      await run("import", "communities", written("all.csv", "barangay_code,households", ...lines));
      const { result, sent } = await runRecorded(database, ["revert", "4", "--dry-run", "--json"]);
      expect(documentOf<RevertDocument>(result).changes.length).toBeGreaterThan(700);
      expect(sent).toHaveLength(small.length);
      expect(small.length).toBeLessThan(30);
    });
  },
  { stage: "example" },
);
