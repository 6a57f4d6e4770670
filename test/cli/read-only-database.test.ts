import { chmod, copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../helpers/databases.ts";
import { othersMayEnter } from "../helpers/postgres-server.ts";
import { projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

const isRoot = process.getuid?.() === 0;
/** No permission stops root, so the program runs as nobody there. */
const NOBODY = isRoot ? { uid: 65_534 } : {};
const canTry = process.platform !== "win32" && (!isRoot || (await othersMayEnter(projectFolder)));

describe.runIf(canTry)("a SQLite database in a folder that is read-only", () => {
  const database = useDatabase("sqlite", { stage: "example" });
  let folder = "";
  let copy = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "obc-sync-read-only-"));
    copy = join(folder, "obc.sqlite3");
  });
  afterEach(async () => {
    await chmod(folder, 0o755);
    await rm(folder, { recursive: true });
  });

  async function put(mode: number): Promise<void> {
    await copyFile(database.location, copy);
    await chmod(copy, mode);
    await chmod(folder, 0o555);
  }

  const run = (...args: string[]) => runCli(args, { ...NOBODY, database: copy });

  it.each([0o444, 0o666])("is read by the commands that only read, with the file at mode %o", async (mode) => {
    await put(mode);
    for (const args of [
      ["verify"],
      ["analyze"],
      ["history"],
      ["sync", "--dry-run"],
      ["migrate", "--status"],
      ["coverage", "list"],
      ["export", "communities", "--quiet"],
    ]) {
      expect(await run(...args), args.join(" ")).toMatchObject({ exitCode: 0, stderr: "" });
    }
    expect(await readdir(folder)).toEqual(["obc.sqlite3"]);
  });

  it("is verified as it is: drift is found", async () => {
    await database.rows("update municipality_coverages set households = households + 1");
    // The log holds the change until it is moved into the file.
    await database.rows("pragma wal_checkpoint(truncate)");
    await put(0o444);
    expect((await run("verify")).exitCode).toBe(2);
  });

  it("is not written, with a hint that names other commands than the one that failed", async () => {
    await put(0o444);
    const { exitCode, stderr } = await run("sync");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: no permission to write .*\nhint: .* verify, analyze and sync --dry-run do not write/,
    );
  });

  it("cannot be read while changes wait in a log beside it, and says what to do", async () => {
    await database.rows("update municipality_coverages set households = households + 1");
    await copyFile(`${database.location}-wal`, `${copy}-wal`);
    await put(0o444);
    const { exitCode, stderr } = await run("verify");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("copy both files");
    expect(stderr).not.toMatch(/\n +at |may write/);
  });
});
