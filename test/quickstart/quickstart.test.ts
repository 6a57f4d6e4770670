/** npm run quickstart, in a folder that stands for the project, so that nothing is built while other tests run. */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../helpers/databases.ts";
import { digest } from "../helpers/plain-sql.ts";
import { fixture, projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

let project: string;

beforeEach(() => {
  project = temporaryFolder();
  mkdirSync(join(project, "bin"));
  copyFileSync(join(projectFolder, "bin/quickstart.mjs"), join(project, "bin/quickstart.mjs"));
  for (const name of ["dist", "fixtures"]) symlinkSync(join(projectFolder, name), join(project, name));
  // Everything that these name is installed, so the quickstart installs nothing.
  mkdirSync(join(project, "node_modules"));
  for (const name of ["package-lock.json", "node_modules/.package-lock.json"]) {
    writeFileSync(join(project, name), '{ "packages": {} }');
  }
  writeFileSync(join(project, "package.json"), '{ "scripts": { "build": "node -e 0" } }');
});

async function quickstart(args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(project, "bin/quickstart.mjs"), ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  const exitCode = new Promise((resolve) => child.on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await exitCode, stdout, stderr };
}

/** The parts of the output that a page shows; "..." stands between them. */
function shownParts(page: string): string[] {
  const text = readFileSync(join(projectFolder, page), "utf8");
  const [, example = ""] = /^Output of the quickstart.*?^```\n(.*?)^```/ms.exec(text) ?? [];
  return example.split(/^\.\.\.\n/m);
}

/** An output without what differs from run to run: its times, and the folder of the database. */
function timeless(output: string): string {
  return output.replace(/\d[\d.]* m?s\b/g, "1 s").replace(/^Migrated .*\//m, "Migrated ");
}

onEveryDatabase("the quickstart", (database) => {
  it("works on ./obc.sqlite3 whatever the environment says, as the documents show; twice too", async () => {
    const environment = { OBC_SYNC_DATABASE: database.location, DATABASE_URL: database.location };
    const before = await digest(database);
    const own = join(project, "obc.sqlite3");
    const first = await quickstart([], environment);
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("written to ./obc.sqlite3") });
    expect(first.stdout).toContain("The commands below need --database ./obc.sqlite3");
    for (const page of ["README.md", "docs/getting-started.md"]) {
      const parts = shownParts(page);
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(timeless(first.stdout)).toContain(timeless(part));
    }
    expect(await digest(database)).toBe(before);
    expect((await runCli(["verify", "--source", fixture("communities.csv")], { database: own })).exitCode).toBe(0);
    const second = await quickstart([], environment);
    expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Nothing changed") });
  });

  it("works on the --database given, twice too, as long as its communities are the quickstart's own", async () => {
    const flags = ["--database", database.location];
    expect(await quickstart(flags)).toMatchObject({ exitCode: 0 });
    expect(await quickstart(flags)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Nothing changed") });
    expect(existsSync(join(project, "obc.sqlite3"))).toBe(false);
    for (const statement of [
      "insert into obc_communities (barangay_id, households) select id, 7 from barangays where code = '1001301001'",
      "delete from obc_communities where households = 7; update obc_communities set households = 8 where barangay_id in (select id from barangays where code = '0907201006')",
    ]) {
      for (const part of statement.split("; ")) await database.rows(part);
      const before = await digest(database);
      expect(await quickstart(flags)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/has [1-9]\d* communities that the quickstart did not make/),
      });
      expect(await digest(database)).toBe(before);
    }
  });

  it("refuses a database with archived communities alone, and a damaged one", async () => {
    const flags = ["--database", database.location];
    await database.rows(
      `insert into obc_communities (barangay_id, households, is_deleted)
       select id, 9, 1 = 1 from barangays where code = '0907201006'`,
    );
    const before = await digest(database);
    expect(await quickstart(flags)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("has 1 communities"),
    });
    expect(await digest(database)).toBe(before);
    await database.rows("alter table obc_sync_runs rename to runs_of_another_name");
    expect(await quickstart(flags)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("lacks obc_sync_runs"),
    });
  });
});
