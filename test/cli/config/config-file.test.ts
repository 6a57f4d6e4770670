import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../../helpers/documents.ts";
import { builtProgram } from "../../helpers/project.ts";
import { runCli, startCli } from "../../helpers/run-cli.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

const NAME = "obc-sync.config.json";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

function configure(config: unknown, file = NAME): string {
  const path = join(cwd, file);
  writeFileSync(path, typeof config === "string" ? config : JSON.stringify(config));
  return path;
}

describe("the configuration file", () => {
  /** The database that a command takes, from the error that there is none. */
  async function databaseOf(args: string[], env: Record<string, string> = {}): Promise<string | undefined> {
    const { stderr } = await runCli(args, { cwd, env });
    return /there is no database at (.*)/.exec(stderr)?.[1];
  }

  it("counts after the flag and the environment, and before the default; its paths are relative to it", async () => {
    expect(await databaseOf(["verify"])).toBe(join(cwd, "obc.sqlite3"));
    configure({ database: "file.db", verify: { database: "../verify.db" } });
    expect(await databaseOf(["verify"])).toBe(join(cwd, "..", "verify.db"));
    expect(await databaseOf(["analyze"])).toBe(join(cwd, "file.db"));
    expect(await databaseOf(["analyze", "--no-config"])).toBe(join(cwd, "obc.sqlite3"));
    expect(await databaseOf(["verify"], { DATABASE_URL: "environment.db" })).toBe(join(cwd, "environment.db"));
    expect(await databaseOf(["verify", "--database", "flag.db"], { DATABASE_URL: "e.db" })).toBe(join(cwd, "flag.db"));
    mkdirSync(join(cwd, "etc"));
    configure({ database: "sqlite:other.db" }, "etc/other.json");
    for (const [args, env] of [
      [["analyze", "--config", "etc/other.json"], {}],
      [["analyze"], { OBC_SYNC_CONFIG: "etc/other.json" }],
    ] as const) {
      expect(await databaseOf([...args], env)).toBe(join(cwd, "etc/other.db"));
    }
  });

  it.each([
    ['{"databse": "x"}', `${NAME}:1:2: "databse" is unknown`, 'Did you mean "database"? Allowed here: database, json'],
    ['{"sync": {"lock-timout": 3}}', `${NAME}:1:11: "sync.lock-timout" is unknown`, 'Did you mean "lock-timeout"?'],
    [
      '{\n  "database": 1\n}',
      `${NAME}:2:3: "database" must be a text in double quotes, not 1`,
      "--database <path|url>",
    ],
    ['{"lock-timeout": "30"}', `${NAME}:1:2: "lock-timeout" must be a number, without quotes, not "30"`, ""],
    ['{"lock-timeout": -1}', '--lock-timeout "-1" is not a number of seconds', `${NAME} has it as "lock-timeout".`],
    ['{"verify": {"format": "xml"}}', `${NAME}:1:13: "verify.format" cannot be "xml"`, "text, json, junit, github"],
    ['{"dry-run": true}', `${NAME}:1:2: "dry-run" is a flag of import geography, `, '{"import": {"geography": '],
    ['{"sync": true}', `${NAME}:1:2: "sync" must be an object with flags of that command`, ""],
    ['{"json": true,\n "json": false}', `${NAME}:2:2: "json" is there twice`, `${NAME}:1:2`],
    ['{"quiet": true,\n}', `${NAME}:2:1: unexpected "}"`, "no comma after the last one"],
    ["", `${NAME}:1:1: the JSON ends too early`, ""],
    ["[]", `${NAME}:1:1: the file is not a JSON object`, ""],
    ['{"schema": 1, "init": {}}', `${NAME}:1:2: "schema" must be`, ""],
  ])("%j is a usage error that names the place", async (config, message, hint) => {
    configure(config);
    const { stderr, exitCode, stdout } = await runCli(["verify"], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain(hint);
    expect(await runCli(["verify", "--help"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("that is named has to exist", async () => {
    const named = await runCli(["verify", "--config", "nowhere.json"], { cwd });
    expect(named.stderr).toContain("there is no configuration file at nowhere.json\nhint:  --config names it.");
    const { stderr } = await runCli(["verify"], { cwd, env: { OBC_SYNC_CONFIG: "/nowhere.json" } });
    expect(stderr).toContain("hint:  OBC_SYNC_CONFIG names it.");
  });

  it("with a password is never shown, and warned about where others can read it", async () => {
    const path = configure({ database: "postgres://user:hunter2@127.0.0.1:1/obc", quiet: "postgres://a:hunter2@b/c" });
    const mistaken = await runCli(["verify"], { cwd });
    configure({ database: "postgres://user:hunter2@127.0.0.1:1/obc", quiet: true });
    chmodSync(path, 0o644);
    const open = await runCli(["verify"], { cwd });
    chmodSync(path, 0o640);
    const closed = await runCli(["verify"], { cwd });
    expect(open.stderr).toContain(`warning: ${NAME} has a password and every account of this machine can read it.`);
    expect(closed.stderr).not.toContain("warning");
    for (const { stderr, exitCode } of [mistaken, open, closed]) {
      expect(exitCode).toBe(1);
      expect(stderr).not.toContain("hunter2");
    }
  });

  it("costs nothing where there is none: the modules that read it are not run", async () => {
    const isRead = async () => {
      const coverage = temporaryFolder();
      await startCli(["verify"], { cwd, env: { NODE_V8_COVERAGE: coverage } }).result;
      const [file = ""] = readdirSync(coverage);
      const { result } = JSON.parse(readFileSync(join(coverage, file), "utf8")) as Coverage;
      // The bundler wraps each module in a function of that name.
      const modules = result.flatMap(({ functions }) => functions).filter((each) => each.functionName.endsWith(".js"));
      return modules.some(({ functionName, ranges: [range] }) => functionName.includes("use-config") && range?.count);
    };
    expect(await isRead()).toBe(false);
    configure({});
    expect(await isRead()).toBe(true);
  });
});

interface Coverage {
  result: Array<{ functions: Array<{ functionName: string; ranges: Array<{ count: number }> }> }>;
}

describe("flags of one command in the configuration file", () => {
  const database = useDatabase("sqlite", { stage: "example" });

  it("count for it alone, and the command line replaces lists", async () => {
    configure({
      json: true,
      sync: { "dry-run": true, province: ["Bukidnon", "Cebu"] },
      report: { output: "page.html" },
    });
    const units = async (...args: string[]) => {
      const result = await database.obcSync(["sync", ...args], { cwd });
      return documentOf<{ dryRun: boolean; scope: { units: string[] } }>(result);
    };
    expect(await units()).toMatchObject({ dryRun: true, scope: { units: ["1001300000", "0702200000"] } });
    expect(await units("--province", "Misamis Oriental", "--province", "Cebu")).toMatchObject({
      scope: { units: ["1004300000", "0702200000"] },
    });
    expect(await database.obcSync(["report"], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
    expect(readFileSync(join(cwd, "page.html"), "utf8")).toContain("<!doctype html>");
    const failed = await database.obcSync(["coverage", "show", "Atlantis"], { cwd });
    expect(documentOf<ErrorDocument>(failed).error.code).toBe("UNIT_UNKNOWN");
  });

  it("are the flags of --help in the JSON schema that the package has", async () => {
    const schema = JSON.parse(readFileSync(join(builtProgram, "../../config.schema.json"), "utf8"));
    for (const path of ["sync", "import communities", "export coverages", "coverage list"]) {
      const { stdout } = await runCli([...path.split(" "), "--help"]);
      const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, flag = ""]) => flag);
      const taken = flags.filter((flag) => !["help", "version", "config", "no-config"].includes(flag));
      const section = path.split(" ").reduce((outer, name) => outer.properties[name], schema);
      expect(Object.keys(section.properties).sort()).toEqual(taken.sort());
    }
  });
});
