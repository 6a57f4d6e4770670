import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { onEveryDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { inTerminal } from "../../helpers/in-terminal.ts";
import { digest } from "../../helpers/plain-sql.ts";
import { builtProgram, fixture, projectFolder } from "../../helpers/project.ts";
import { runCli } from "../../helpers/run-cli.ts";

/** The page that says what each key means. */
const described = readFileSync(join(projectFolder, "docs/json.md"), "utf8");

onEveryDatabase(
  "output",
  (database) => {
    const disturb = () => database.rows("update obc_communities set households = coalesce(households, 0) + 1");

    it.each([
      ["sync"],
      ["sync", "--dry-run"],
      ["verify"],
      ["verify", "--format", "json"],
      ["history"],
      ["migrate"],
      ["migrate", "--status"],
      ["import", "geography"],
      ["import", "communities", fixture("communities.csv")],
    ])("%s %s %s --json is one document and nothing else", async (...args) => {
      await disturb();
      const result = await database.obcSync([...args, ...(args.includes("--format") ? [] : ["--json"])]);
      expect(result.stderr).toBe("");
      const document = documentOf<Record<string, unknown>>(result);
      expect(document).toMatchObject({ formatVersion: 1, command: args[0] });
      for (const key of Object.keys(document)) expect(described).toContain(`\`${key}\``);
      expect(result.stdout).not.toContain("\u001b");
    });

    it("--quiet leaves only findings", async () => {
      expect(await database.obcSync(["sync", "--quiet"])).toEqual({
        stdout: "",
        stderr: "",
        exitCode: 0,
        signal: null,
      });
      expect(await database.obcSync(["verify", "--quiet"])).toMatchObject({ stdout: "", exitCode: 0 });
      await disturb();
      const { stdout } = await database.obcSync(["verify", "--quiet", "--province", "Bukidnon"]);
      expect(
        stdout
          .trimEnd()
          .split("\n")
          .every((line) => line.startsWith("  ✗ Stale: ")),
      ).toBe(true);
      expect(await database.obcSync(["sync", "--quiet"])).toMatchObject({ stdout: "", exitCode: 0 });
    });

    it("sync keeps the format of the reference, with the changes after the name", async () => {
      await database.rows(
        `update obc_communities set households = households + 30, women_count = women_count + 2 where barangay_id =
          (select id from barangays where code = '0907201006')`,
      );
      const { stdout } = await database.obcSync(["sync"]);
      const lines = stdout.split("\n");
      expect(lines[0]).toBe("Found 109 municipalities with barangay OBCs");
      expect(lines[1]).toMatch(
        /^ {2}~ Updated: City of Dapitan, Zamboanga del Norte {3}households [\d,]+ → [\d,]+, women_count [\d,]+ → [\d,]+$/,
      );
      expect(stdout).toContain(
        "SUMMARY:\n" +
          "  Barangay OBCs:       600\n" +
          "  Municipal Coverage:  0 created, 1 updated, 108 unchanged\n" +
          "  Provincial Coverage: 0 created, 1 updated, 22 unchanged\n",
      );
    });

    it("verify prints JUnit XML and GitHub annotations", async () => {
      expect((await database.obcSync(["verify", "--format", "junit"])).stdout).toContain('failures="0"');
      await database.rows(`update municipality_coverages set households = households + 1 where municipality_id =
        (select id from municipalities where code = '1030900000')`);
      const junit = await database.obcSync(["verify", "--format", "junit"]);
      expect(junit.exitCode).toBe(2);
      expect(junit.stdout).toContain('<testsuites tests="2" failures="1"');
      expect(junit.stdout).toMatch(
        /<testcase .*name="City of Iligan, City of Iligan \(1030900000\)">\n +<failure type="stale"/,
      );
      const github = await database.obcSync(["verify", "--format", "github"]);
      expect(github.stdout).toMatch(
        /^::error title=stale coverage%3A City of Iligan%2C City of Iligan::1030900000: househ/,
      );
    });

    it("history lists the syncs that were applied, the newest first", async () => {
      await disturb();
      await database.obcSync(["sync", "--province", "Bukidnon"]);
      const { runs } = documentOf<{ runs: unknown[] }>(await database.obcSync(["history", "--json"]));
      expect(runs).toMatchObject([
        { command: "sync", scope: { kind: "province", units: ["1001300000"] }, provinces: { updated: 1 } },
        { command: "import", communities: 600, municipalities: { created: 109 } },
      ]);
      const limited = documentOf<{ runs: unknown[] }>(await database.obcSync(["history", "--limit", "1", "--json"]));
      expect(limited.runs).toHaveLength(1);
    });

    it("a signal while the result is printed ends the program, which says that the run is committed", async () => {
      const running = database.startObcSync(["revert", "1", "--json"]);
      const { stdout } = running.process;
      // A megabyte, and its reader reads no further: the program is still printing when the signal arrives.
      stdout?.once("data", () => {
        stdout.pause();
        running.process.kill("SIGINT");
      });
      running.process.once("exit", () => stdout?.resume());
      expect(await running.result).toMatchObject({
        exitCode: 130,
        stderr:
          "interrupted while the result was printed: what the command has done is committed. See: obc-sync history\n",
      });
      expect(await database.rows("select * from obc_communities")).toEqual([]);
    });

    it.each(["SIGINT", "SIGTERM"] as const)(
      "%s stops a waiting run with exit code 130, and nothing is written",
      async (signal) => {
        await disturb();
        const before = await digest(database);
        const lock = await database.knex.transaction();
        await lock.raw(
          database.kind === "sqlite"
            ? "delete from obc_sync_runs where false"
            : "select pg_advisory_xact_lock(6272101010)",
        );
        const running = database.startObcSync(["sync", "--json", "--lock-timeout", "30"]);
        await sleep(1500);
        running.process.kill(signal);
        const result = await running.result;
        await lock.rollback();
        expect(result).toMatchObject({ exitCode: 130, stderr: "" });
        expect(documentOf<ErrorDocument>(result).error.code).toBe("INTERRUPTED");
        expect(await digest(database)).toBe(before);
      },
    );
  },
  { stage: "example" },
);

describe("on a terminal and in a pipe", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  const verify = (flags: string, env: Record<string, string> = {}) =>
    inTerminal(`verify --database ${database.location} ${flags}`, { env });

  it.runIf(process.platform === "linux")("colours on a terminal, unless NO_COLOR or --no-color is given", async () => {
    const green = "\u001b[32m✓";
    expect(await verify("")).toContain(green);
    expect(await verify("", { NO_COLOR: "1" })).not.toContain(green);
    expect(await verify("--no-color")).not.toContain(green);
  });

  it("a pipe that closes early is not an error", async () => {
    await database.rows("delete from municipality_coverages");
    const command = `"$0" "$1" sync --dry-run --details --database "$2" | head -1; echo "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", command, process.execPath, builtProgram, database.location]);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    await new Promise((resolve) => child.on("close", resolve));
    expect(said).toBe("Found 109 municipalities with barangay OBCs\n0\n");
  });
});

describe("usage", () => {
  it.each([
    [["sink"], "unknown command 'sink'"],
    [["sync", "--dry"], "unknown option '--dry'"],
    [["import", "communities"], "missing required argument 'file'"],
    [["sync", "extra"], "too many arguments"],
    [["sync", "--lock-timeout", "soon"], '--lock-timeout "soon" is not a number of seconds'],
    [["sync", "--curated", "height"], "height"],
    [["history", "--limit", "0"], '--limit "0"'],
    [["verify", "--format", "yaml"], "Allowed choices are text, json, junit, github"],
    [["sync", "--database", ""], "the database setting is empty"],
    [["sync", "--database", "mysql://localhost/obc"], 'unsupported kind of database: "mysql"'],
  ])("%s is refused with exit 1, in text and in JSON", async (args, message) => {
    const text = await runCli(args);
    expect(text).toMatchObject({ exitCode: 1, stdout: "" });
    expect(text.stderr).toMatch(/^error: .*\n( {2}\(Did you mean .*\)\n)?hint: {2}.*\n$/);
    expect(text.stderr).toContain(message);
    const json = await runCli([...args, "--json"]);
    expect(json).toMatchObject({ exitCode: 1, stderr: "" });
    expect(documentOf<ErrorDocument>(json)).toMatchObject({
      formatVersion: 1,
      error: { code: "USAGE", message: expect.stringContaining(message), hint: expect.any(String) },
    });
  });

  it("--help lists the exit codes, --version prints the version", async () => {
    const help = await runCli(["sync", "--help"]);
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toContain("130  interrupted");
    expect(await runCli(["--version"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it("--json and another format cannot be combined", async () => {
    const { exitCode, stdout } = await runCli(["verify", "--json", "--format", "junit"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "USAGE", message: "--json and --format junit cannot be combined" },
    });
  });

  it("without a command it lists the commands, and exits 1", async () => {
    const { exitCode, stderr } = await runCli([]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Usage: obc-sync");
  });
});
