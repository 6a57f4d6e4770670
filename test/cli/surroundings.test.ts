/** What the machine may refuse: space, files, memory of its own, and a signal at a bad moment. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../helpers/databases.ts";
import { digest } from "../helpers/plain-sql.ts";
import { builtProgram, fixture } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

describe.runIf(process.platform === "linux")("a machine that refuses", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  /** Runs a line of bash in which $obc is the program on this database. */
  async function bash(line: string): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
    const child = spawn("bash", ["-c", `obc() { "${process.execPath}" "${builtProgram}" "$@"; }; ${line}`], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, OBC_SYNC_DATABASE: database.location },
    });
    const said = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk) => {
        said[name] += chunk;
      });
    }
    return new Promise((resolve) => child.on("close", (exitCode) => resolve({ exitCode, ...said })));
  }

  it("standard output on a full disk: the sync is committed, and the message says so", async () => {
    await database.rows("delete from municipality_coverages");
    for (const flags of ["", "--json"]) {
      const { exitCode, stderr } = await bash(`obc sync ${flags} > /dev/full`);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(
        /^error: the result cannot be written .*ENOSPC.*\nhint: .* is committed; see: obc-sync history\n$/,
      );
    }
    expect((await database.obcSync(["verify"])).exitCode).toBe(0);
    expect((await bash("obc --help > /dev/full")).exitCode).toBe(1);
    expect((await bash("obc sync > /dev/full 2> /dev/full")).exitCode).toBe(1);
  });

  it("a limit of open files that leaves none for the database", async () => {
    // How many Node itself opens depends on its version.
    let limit = 24;
    let result = await bash(`ulimit -n ${limit}; obc verify --json`);
    while (result.exitCode === 0) {
      limit -= 1;
      result = await bash(`ulimit -n ${limit}; obc verify --json`);
    }
    expect(result).toMatchObject({ exitCode: 1, stderr: "" });
    expect(JSON.parse(result.stdout).error).toMatchObject({ hint: expect.stringContaining("ulimit -n") });
  });

  it("a disk without space for the database: nothing is written", async () => {
    await database.rows("delete from municipality_coverages");
    const before = await digest(database);
    // In blocks of 1,024 bytes: the log of the sync, beside the database, needs more.
    const { exitCode, stderr } = await bash("ulimit -f 16; obc sync");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\n +at |bug in obc-sync/);
    expect(await digest(database)).toBe(before);
  });

  it("temporary files that cannot be written", async () => {
    const rejects = join(await mkdtemp(join(tmpdir(), "obc-sync-rejects-")), "rejects.csv");
    const { exitCode, stderr } = await bash(
      `TMPDIR=/no/such/folder obc import communities - --rejects ${rejects} < ${fixture("communities.csv")}`,
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*\nhint: .*TMPDIR/);
    expect(stderr).not.toMatch(/\n +at /);
  });

  it.each(["SIGINT", "SIGTERM"])("%s before the command runs", async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), "obc-sync-early-"));
    const early = join(folder, "early.cjs");
    // The program catches signals first of all, and then runs the command.
    await writeFile(
      early,
      `const on = process.on;
       process.on = function (event, ...rest) {
         const result = on.call(this, event, ...rest);
         if (event === "SIGTERM") process.kill(process.pid, "${signal}");
         return result;
       };`,
    );
    const result = await runCli(["sync", "--json"], {
      database: database.location,
      env: { NODE_OPTIONS: `--require ${early}` },
    });
    await rm(folder, { recursive: true });
    expect(result).toMatchObject({ exitCode: 130, stderr: "" });
    expect(JSON.parse(result.stdout).error).toMatchObject({ code: "INTERRUPTED" });
  });

  it.each([
    "update barangays set name = cast(name as blob)",
    "update obc_communities set households = 12.5",
    "update obc_communities set is_deleted = 'true'",
    "update municipality_coverages set auto_sync = 2",
  ])("another program cannot store a value of another type: %s", async (statement) => {
    await expect(database.rows(statement)).rejects.toThrow(/cannot store|CHECK constraint failed/);
  });
});
