import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { onEveryDatabase } from "../../helpers/databases.ts";
import { startInTerminal } from "../../helpers/in-terminal.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

const read = (file = "obc-sync.config.json") => JSON.parse(readFileSync(join(cwd, file), "utf8"));

it("init without a terminal names the flags, and writes nothing", async () => {
  const asked = await runCli(["init"], { cwd });
  expect(asked).toMatchObject({ exitCode: 1, stdout: "" });
  expect(asked.stderr).toContain("obc-sync init --no-input --database <path|url> [--schema native|obcms]");
  expect((await runCli(["init", "--no-input"], { cwd })).stderr).toContain("--no-input needs --database");
  const unknown = await runCli(["init", "--no-input", "--database", "x", "--schema", "odoo"], { cwd });
  expect(unknown.stderr).toContain('--schema "odoo" is unknown');
  const unreachable = ["init", "--no-input", "--database", "postgres://u:secret@127.0.0.1:1/x"];
  const refused = await runCli(unreachable, { cwd });
  expect(refused.stderr).toContain("no connection to postgres://u@127.0.0.1:1/x");
  expect(existsSync(join(cwd, "obc-sync.config.json"))).toBe(false);
});

it("init writes what every command then uses, and replaces nothing unasked", async () => {
  mkdirSync(join(cwd, "etc"));
  writeFileSync(join(cwd, "obc-sync.config.json"), "{ broken");
  const init = (...args: string[]) => runCli(["init", "--no-input", "--database", "data.sqlite3", ...args], { cwd });
  expect((await init()).stderr).toContain("obc-sync.config.json exists already");
  const written = await init("--overwrite", "--edition", "psgc.xlsx");
  expect(written.stdout).toContain("  obc-sync migrate\n  obc-sync import geography psgc.xlsx\n");
  expect(read()).toEqual({ database: "./data.sqlite3" });
  await init("--config", "etc/other.json");
  expect(read("etc/other.json")).toEqual({ database: "../data.sqlite3" });
  const migrated = await runCli(["migrate"], { cwd });
  expect(migrated.stdout).toContain(join(cwd, "data.sqlite3"));
});

onEveryDatabase(
  "init",
  (database) => {
    it("tries the database, and says what comes next", async () => {
      const args = ["init", "--no-input", "--database", database.location];
      const { stdout, stderr } = await runCli([...args, "--json"], { cwd });
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toMatchObject({
        command: "init",
        file: "obc-sync.config.json",
        schema: "native",
        state: "with geography",
        next: ["obc-sync import communities FILE --dry-run"],
      });
      expect(read()).toEqual({ database: database.location });
      // The test server's URL has a password.
      const mode = database.kind === "postgres" ? 0o600 : 0o644;
      expect(statSync(join(cwd, "obc-sync.config.json")).mode & 0o777 & ~0o022).toBe(mode);
      expect(stdout).not.toContain("password@");
      expect(await runCli(["verify", "--quiet"], { cwd })).toMatchObject({ exitCode: 0 });
    });
  },
  { stage: "geography" },
);

it("init asks on a terminal, and asks again where the database cannot be reached", async () => {
  const file = join(cwd, "answers.json");
  const terminal = startInTerminal(`init --config ${file} --database ${join(cwd, "default.sqlite3")}`);
  await terminal.shows("Database, as a file of SQLite or a postgres:// URL");
  terminal.type("postgres://127.0.0.1:1/x\n");
  await terminal.shows("Another database: ");
  terminal.type("\n");
  await terminal.shows("Whose tables will it have");
  terminal.type("\n");
  await terminal.shows("Edition of the PSGC");
  terminal.type("nothing.xlsx\n");
  await terminal.shows("There is no file nothing.xlsx");
  terminal.type("\n");
  await terminal.shows("obc-sync import geography");
  expect(await terminal.ended).toBe(0);
  expect(read("answers.json")).toEqual({ database: join(cwd, "default.sqlite3") });
  const again = startInTerminal(`init --config ${file}`);
  await again.shows("exists already. Replace it? [y/N]");
  again.type("\n");
  expect(await again.ended).toBe(1);
});
