import { execFileSync } from "node:child_process";
import { createReadStream, readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument, type RunDocument, type ShownRun } from "../helpers/documents.ts";
import { digest } from "../helpers/plain-sql.ts";
import { fixture } from "../helpers/project.ts";
import type { CliOptions } from "../helpers/run-cli.ts";
import { temporaryFolder, written } from "../helpers/temporary-folder.ts";

const DAMULOG = "1001302000";
const ALUDAS = "1001302001";

interface UnitHistory {
  unit: { level: string; code: string; name: string; parent: string; province?: string };
  runs: Array<RunDocument & { change: { action: string; fields: Record<string, unknown> } }>;
}

onEveryDatabase(
  "history",
  (database) => {
    const run = async (args: string[], options?: CliOptions) => {
      const result = await database.obcSync([...args, "--json"], options);
      expect(result.exitCode, result.stdout).toBe(0);
      return result;
    };
    const runs = async (...args: string[]) => documentOf<{ runs: RunDocument[] }>(await run(["history", ...args])).runs;
    const newest = async () => (await runs("--limit", "1"))[0] as RunDocument;
    const show = async (id: number) => documentOf<ShownRun>(await run(["history", "show", String(id)]));
    const errorOf = async (...args: string[]) => {
      const result = await database.obcSync([...args, "--json"]);
      expect(result.exitCode, result.stdout).toBe(1);
      return documentOf<ErrorDocument>(result).error;
    };
    const set = (households: number, ...flags: string[]) =>
      run(["community", "set", ALUDAS, `households=${households}`, ...flags]);

    it("lists the runs, the newest first, each with the keys that other programs rely on", async () => {
      await set(1);
      await set(2);
      const document = documentOf<{ runs: RunDocument[] }>(await run(["history"]));
      expect(Object.keys(document)).toEqual(["formatVersion", "command", "runs"]);
      expect(document.runs.map(({ id, command }) => `${id} ${command}`)).toEqual([
        "3 community set",
        "2 community set",
        "1 import",
      ]);
      const keys = [
        "id",
        "command",
        "actor",
        "startedAt",
        "finishedAt",
        "scope",
        "file",
        "reverts",
        "revertedBy",
        "counts",
      ];
      for (const listed of document.runs) {
        for (const key of keys) expect(listed).toHaveProperty(key);
        expect((await show(listed.id)).run).toEqual(listed);
      }
      expect((await runs("--limit", "2")).map(({ id }) => id)).toEqual([3, 2]);
      expect(Object.keys(documentOf<ShownRun>(await run(["history", "show", "3"])))).toEqual([
        ...["formatVersion", "command", "run", "changes", "omitted", "forgotten"],
      ]);
    });

    it("has when a run started and finished, in UTC", async () => {
      const before = new Date().toISOString();
      await set(1);
      const { startedAt, finishedAt, durationMs } = await newest();
      const times = [before, startedAt, finishedAt, new Date().toISOString()];
      expect([...times].sort()).toEqual(times);
      expect(durationMs).toBeGreaterThan(0);
    });

    it("has who ran it: --actor, else OBC_SYNC_ACTOR, else the user of the machine", async () => {
      const actorOf = async (flags: string[], env: Record<string, string> = {}) => {
        await run(["community", "set", ALUDAS, "notes=x", ...flags], { database: database.location, env });
        return (await newest()).actor;
      };
      expect(await actorOf([])).toBe(`${userInfo().username}@${hostname()}`);
      expect(await actorOf([], { OBC_SYNC_ACTOR: " Ana Reyes " })).toBe("Ana Reyes");
      expect(await actorOf(["--actor", 'O\'Neil "ñ"'], { OBC_SYNC_ACTOR: "Ana" })).toBe('O\'Neil "ñ"');
      expect(await actorOf(["--actor", ""])).toBe(`${userInfo().username}@${hostname()}`);
      expect((await database.obcSync(["history", "show", "4"])).stdout).toContain('UTC by O\'Neil "ñ"');
    });

    it("has the file of an import and its SHA-256, as sha256sum prints it", async () => {
      const csv = written("field office.csv", "barangay_code,households", `${ALUDAS},1`);
      const packed = join(temporaryFolder(), "list.csv.gz");
      writeFileSync(packed, gzipSync(readFileSync(csv)));
      const sha256 = (path: string) => execFileSync("sha256sum", [path], { encoding: "utf8" }).slice(0, 64);
      for (const path of [csv, packed]) {
        await run(["import", "communities", path]);
        expect((await newest()).file).toEqual({ name: path, sha256: sha256(path) });
      }
      await run(["import", "communities", "-"], { database: database.location, stdin: createReadStream(csv) });
      expect((await newest()).file).toEqual({ name: "standard input", sha256: sha256(csv) });
      expect((await database.obcSync(["history", "show", "2"])).stdout).toContain(
        `file ${csv}, SHA-256 ${sha256(csv)}`,
      );
      await set(1);
      expect((await newest()).file).toBe(null);
    });

    it.each([
      [["sync"], { kind: "all", units: [] }],
      [["sync", "--region", "10"], { kind: "region", units: ["1000000000"] }],
      [["sync", "--province", "Bukidnon"], { kind: "province", units: ["1001300000"] }],
      [["community", "archive", ALUDAS], { kind: "municipality", units: [DAMULOG] }],
      [["coverage", "archive", "Bukidnon"], { kind: "province", units: ["1001300000"] }],
      [["sync", "--changed"], { kind: "changed", units: [DAMULOG] }],
    ])("has the scope of %j", async (args, scope) => {
      const at = "where barangay_id in (select id from barangays where code like '1001302%')";
      await database.rows(`update obc_communities set households = households + 1 ${at}`);
      await run(args);
      expect((await newest()).scope).toEqual(scope);
    });

    it("has the municipalities of an import as its scope, with and without a sync", async () => {
      const file = written("list.csv", "barangay_code,households", `${ALUDAS},1`, "1001301001,2");
      const scope = { kind: "municipality", units: ["1001301000", DAMULOG] };
      await run(["import", "communities", file]);
      const communities = await database.rows(
        "select 1 from obc_communities join barangays b on b.id = barangay_id where b.code like '100130_0%' and (b.code like '1001301%' or b.code like '1001302%')",
      );
      expect(await newest()).toMatchObject({ scope, communities: communities.length });
      await run(["import", "communities", file, "--no-sync"]);
      expect(await newest()).toMatchObject({ scope, communities: null });
    });

    it("shows a run as a sync shows its changes", async () => {
      const [stored] = await database.rows<{ households: number }>(
        "select households from obc_communities where barangay_id = (select id from barangays where code = ?)",
        ALUDAS,
      );
      await set(Number(stored?.households) + 1000);
      const { stdout } = await database.obcSync(["history", "show", "2"]);
      const lines = stdout.split("\n");
      expect(lines[0]).toBe("Run 2: community set");
      expect(lines[1]).toMatch(/^ {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by .*, scope municipality 1001302000$/);
      expect(lines[2]).toMatch(/^ {2}~ Updated: Aludas, Damulog, Bukidnon {3}households [\d,]+ → [\d,]+$/);
      expect(lines[3]).toMatch(/^ {2}~ Updated: Damulog, Bukidnon {3}households [\d,]+ → [\d,]+$/);
      await run(["sync"]);
      expect((await database.obcSync(["history", "show", "3"])).stdout).toContain(
        "It changed no community and no coverage.",
      );
    });

    it("shows the life of one community, the newest run first", async () => {
      await set(1);
      await set(2);
      await set(2);
      await run(["community", "archive", ALUDAS]);
      for (const reference of [ALUDAS, "Aludas, Damulog"]) {
        const { unit, runs: found } = documentOf<UnitHistory>(await run(["history", "--community", reference]));
        const named = { level: "community", code: ALUDAS, name: "Aludas", parent: "Damulog", province: "Bukidnon" };
        expect(unit).toEqual(named);
        expect(found.map(({ id, command, change }) => [id, command, change.action])).toEqual([
          [5, "community archive", "updated"],
          [3, "community set", "updated"],
          [2, "community set", "updated"],
          [1, "import", "created"],
        ]);
        expect(found.slice(0, 2).map(({ change }) => change.fields)).toEqual([
          { is_deleted: { before: false, after: true } },
          { households: { before: 1, after: 2 } },
        ]);
      }
      const limited = documentOf<UnitHistory>(await run(["history", "--community", ALUDAS, "--limit", "1"]));
      expect(limited.runs.map(({ id }) => id)).toEqual([5]);
      const { stdout } = await database.obcSync(["history", "--community", ALUDAS]);
      expect(stdout).toMatch(
        /run 5 {2}community archive by .*\n.*~ Updated: Aludas, Damulog, Bukidnon {3}archived no → yes\n/,
      );
      const none = await database.obcSync(["history", "--community", "1001301001"]);
      expect(none.stdout).toContain("No recorded run has changed it.");
    });

    it("shows the life of one coverage, at either level", async () => {
      await run(["coverage", "manual", "1030900000", "--level", "province"]);
      const of = async (level: string) =>
        documentOf<UnitHistory>(await run(["history", "--coverage", "1030900000", "--level", level]));
      expect((await of("municipality")).runs.map(({ id }) => id)).toEqual([1]);
      const { unit, runs: found } = await of("province");
      expect(unit).toMatchObject({ level: "province", code: "1030900000" });
      expect(found.map(({ id, change }) => [id, change.action])).toEqual([
        [2, "updated"],
        [1, "created"],
      ]);
      expect(await errorOf("history", "--coverage", "1030900000")).toMatchObject({ code: "UNIT_AMBIGUOUS" });
    });

    it("prints nothing else for nonsense than what is wrong", async () => {
      const cases: Array<[string[], string, RegExp]> = [
        [["history", "show", "99"], "RUN_UNKNOWN", /there is no run 99$/],
        [["history", "show", "99999999999"], "RUN_UNKNOWN", /there is no run 99999999999$/],
        [["history", "show", "0"], "USAGE", /"0" is not a whole number/],
        [["history", "show"], "USAGE", /missing required argument 'run'/],
        [["history", "--community", ALUDAS, "--coverage", DAMULOG], "USAGE", /cannot be combined/],
        [["history", "--level", "province"], "USAGE", /--level requires --coverage/],
        [["history", "--community", "1001399999"], "UNIT_UNKNOWN", /1001399999/],
        [["history", "prune"], "USAGE", /--older-than/],
        [["history", "prune", "--older-than", "365"], "USAGE", /"365" is not an age/],
      ];
      for (const [args, code, message] of cases) {
        const error = await errorOf(...args);
        expect(error.code, args.join(" ")).toBe(code);
        expect(error.message).toMatch(message);
      }
    });
  },
  { stage: "example" },
);

onEveryDatabase(
  "history prune",
  (database) => {
    interface Pruned {
      pruned: { dryRun: boolean; before: string; runs: number; units: number };
    }

    const prune = async (...flags: string[]) => {
      const result = await database.obcSync(["history", "prune", "--older-than", "365d", "--json", ...flags]);
      expect(result.exitCode, result.stdout).toBe(0);
      return documentOf<Pruned>(result).pruned;
    };
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const keptBy = async (id: number) =>
      Number(
        (
          await database.rows<{ units: number }>(
            "select count(*) as units from obc_sync_run_values where run_id = ?",
            id,
          )
        )[0]?.units,
      );
    let units = 0;

    /** Run 1 is just older than a year, run 2 just younger, run 3 older and without changes. */
    beforeEach(async () => {
      await database.obcSync(["community", "set", ALUDAS, "households=7"]);
      await database.obcSync(["sync"]);
      const ages = [365.01, 364.99, 400];
      for (const [index, age] of ages.entries()) {
        await database.rows("update obc_sync_runs set finished_at = ? where id = ?", daysAgo(age), index + 1);
      }
      units = await keptBy(1);
    });

    it("only counts in a dry run", async () => {
      const before = await digest(database);
      const pruned = await prune("--dry-run");
      expect(pruned).toMatchObject({ dryRun: true, runs: 1, units });
      expect(Math.abs(Date.parse(pruned.before) - Date.parse(daysAgo(365)))).toBeLessThan(3_600_000);
      expect(await digest(database)).toBe(before);
      const { stdout } = await database.obcSync(["history", "prune", "--older-than", "1y", "--dry-run"]);
      expect(stdout).toMatch(
        /^Would forget: the changes of 1 run before .*, in 732 units\.\nDry run: nothing was written\.\n$/,
      );
    });

    it("forgets the values of old runs, and keeps the runs and what is younger", async () => {
      const before = await database.obcSync(["history", "--json"]);
      const second = await database.obcSync(["history", "show", "2", "--json"]);
      expect(await prune()).toMatchObject({ dryRun: false, runs: 1, units });
      expect(await keptBy(1)).toBe(0);
      expect((await database.obcSync(["history", "--json"])).stdout).toBe(before.stdout);
      expect((await database.obcSync(["history", "show", "2", "--json"])).stdout).toBe(second.stdout);
      const shown = documentOf<ShownRun>(await database.obcSync(["history", "show", "1", "--json"]));
      expect(shown).toMatchObject({ forgotten: true, changes: [], run: { counts: { communities: { created: 600 } } } });
      const unchanged = documentOf<ShownRun>(await database.obcSync(["history", "show", "3", "--json"]));
      expect(unchanged).toMatchObject({ forgotten: false, changes: [] });
      const { stdout } = await database.obcSync(["history", "show", "1"]);
      expect(stdout).toContain("The values that it changed were forgotten (history prune).");
      expect(await prune()).toMatchObject({ runs: 0, units: 0 });
    });

    it("leaves a run that cannot be reverted any more, which says why", async () => {
      await prune();
      const before = await digest(database);
      const refused = await database.obcSync(["revert", "1", "--json"]);
      expect(refused.exitCode).toBe(1);
      expect(documentOf<ErrorDocument>(refused).error).toMatchObject({
        code: "RUN_NOT_REVERTIBLE",
        message: "run 1 (import) cannot be reverted: what it changed is forgotten (history prune)",
      });
      expect(await digest(database)).toBe(before);
      expect((await database.obcSync(["revert", "--last"])).exitCode).toBe(0);
      expect(documentOf<ErrorDocument>(await database.obcSync(["revert", "--last", "--json"])).error).toMatchObject({
        code: "RUN_UNKNOWN",
      });
    });
  },
  { stage: "example" },
);

onEveryDatabase("a history without a run", (database) => {
  it("says what to run", async () => {
    expect((await database.obcSync(["history"])).stdout).toBe("Nothing has run yet. Run: obc-sync sync\n");
    await database.obcSync(["import", "communities", fixture("communities.csv"), "--dry-run"]);
    expect((await database.obcSync(["history"])).stdout).toBe("Nothing has run yet. Run: obc-sync sync\n");
    const result = await database.obcSync(["revert", "--last", "--json"]);
    expect(documentOf<ErrorDocument>(result).error).toMatchObject({
      code: "RUN_UNKNOWN",
      message: "there is no run to take back",
    });
  });
});
