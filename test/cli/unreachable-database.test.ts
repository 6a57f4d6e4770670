import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onEveryDatabase, useDatabase } from "../helpers/databases.ts";
import { documentOf, type ErrorDocument } from "../helpers/documents.ts";
import { projectFolder } from "../helpers/project.ts";
import { runCli } from "../helpers/run-cli.ts";

const SECRET = "hunter2-is-the-password";

/** Runs with text output, then with JSON; returns the error after checking that neither contains the password. */
async function refusal(args: string[], database: string): Promise<ErrorDocument["error"]> {
  const text = await runCli(args, { database });
  const json = await runCli([...args, "--json"], { database });
  expect(text).toMatchObject({ exitCode: 1, stdout: "" });
  expect(json).toMatchObject({ exitCode: 1, stderr: "" });
  const { error } = documentOf<ErrorDocument>(json);
  expect(text.stderr).toContain(`error: ${error.message}`);
  expect(text.stderr).not.toMatch(/\n +at /);
  expect(JSON.stringify([text, json])).not.toContain(SECRET);
  return error;
}

describe("a file that is not a database", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "obc-sync-no-database-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([["sync"], ["verify"], ["history"], ["import", "geography"], ["migrate", "--status"]])(
    "%s %s does not create a missing one, and shows what to run",
    async (...args) => {
      const path = join(folder, "none.sqlite3");
      const error = await refusal(args, path);
      expect(error).toMatchObject({ code: "DATABASE_MISSING", message: `there is no database at ${path}` });
      expect(error.hint).toContain("obc-sync migrate");
    },
  );

  it("a folder is refused", async () => {
    expect(await refusal(["sync"], folder)).toMatchObject({ message: `${folder} is not a file` });
    expect(await refusal(["migrate"], folder)).toMatchObject({ message: `${folder} is not a file` });
  });

  it("a file with other contents is refused and not changed", async () => {
    const path = join(folder, "letter.txt");
    await writeFile(path, "Dear Sir or Madam, this is no database.\n".repeat(200));
    for (const args of [["verify"], ["sync"], ["migrate"]]) {
      expect(await refusal(args, path)).toMatchObject({
        code: "DATABASE_UNREADABLE",
        message: `${path} is not a SQLite database, or is damaged`,
      });
    }
  });

  it("migrate into a folder that does not exist is refused", async () => {
    const error = await refusal(["migrate"], join(folder, "missing", "obc.sqlite3"));
    expect(error.message).toBe(`there is no folder ${join(folder, "missing")} to create the database in`);
  });

  it("the default is ./obc.sqlite3; DATABASE_URL, OBC_SYNC_DATABASE and --database take precedence, in this order", async () => {
    const path = join(folder, "obc.sqlite3");
    const said = async (args: string[], env: Record<string, string>) =>
      (await runCli([...args, "migrate"], { cwd: folder, env })).stdout;
    expect(await said([], {})).toContain(path);
    expect(await said([], { DATABASE_URL: "sqlite:///relative.sqlite3" })).toContain(join(folder, "relative.sqlite3"));
    expect(await said([], { DATABASE_URL: `file://${folder}/file.sqlite3` })).toContain(join(folder, "file.sqlite3"));
    const env = { DATABASE_URL: `sqlite:///${folder}/url.sqlite3` };
    expect(await said([], env)).toContain(join(folder, "url.sqlite3"));
    Object.assign(env, { OBC_SYNC_DATABASE: join(folder, "variable.sqlite3") });
    expect(await said([], env)).toContain(join(folder, "variable.sqlite3"));
    expect(await said(["--database", join(folder, "flag.sqlite3")], env)).toContain(join(folder, "flag.sqlite3"));
  });
});

describe("a PostgreSQL that cannot be used", () => {
  const database = useDatabase("postgres", { stage: "migrated" });
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.location);
    change(url);
    return url.toString();
  };

  it("a wrong password", async () => {
    const error = await refusal(
      ["sync"],
      changed((url) => Object.assign(url, { password: SECRET })),
    );
    expect(error.code).toBe("DATABASE_ACCESS_DENIED");
  });

  it("a wrong password in the query of the URL", async () => {
    const url = changed((url) => {
      url.password = "";
      url.searchParams.set("password", SECRET);
    });
    expect(await refusal(["sync"], url)).toMatchObject({ code: "DATABASE_ACCESS_DENIED" });
  });

  it("a wrong port and a wrong host", async () => {
    const port = changed((url) => Object.assign(url, { port: "1", password: SECRET }));
    expect(await refusal(["verify"], port)).toMatchObject({ code: "DATABASE_UNREACHABLE" });
    const host = changed((url) => Object.assign(url, { hostname: "no-such-host.invalid", password: SECRET }));
    expect(await refusal(["verify"], host)).toMatchObject({ code: "DATABASE_UNREACHABLE" });
  });

  it("a database that does not exist", async () => {
    const error = await refusal(
      ["sync"],
      changed((url) => Object.assign(url, { pathname: "/no_such_database" })),
    );
    expect(error).toMatchObject({ code: "DATABASE_MISSING", message: expect.stringContaining("no_such_database") });
  });

  it.each([
    `postgres://user:${SECRET}@:not-a-port/obc`,
    `postgres://user:${SECRET}@[broken/obc`,
    `mysql://user:${SECRET}@localhost/obc`,
    // The driver would connect to localhost.
    `postgres:user:${SECRET}@db.example/obc`,
    `postgres:/user:${SECRET}@db.example/obc`,
    // The URL standard takes "user" for the host, and 12 for the port.
    `postgres://user:12/${SECRET}@db.example/obc`,
    `postgres://user:12?${SECRET}@db.example/obc`,
    `postgres://user:12#${SECRET}@db.example/obc`,
    `postgres://user:${SECRET}%e9@db.example/obc`,
    // These look like paths.
    `postgres//user:${SECRET}@db.example/obc`,
    `"postgres://user:${SECRET}@db.example/obc"`,
    `DATABASE_URL=postgres://user:${SECRET}@db.example/obc`,
    `host=db.example user=user password=${SECRET} dbname=obc`,
  ])("a URL that cannot be read: %s", async (url) => {
    expect(await refusal(["sync"], url)).toMatchObject({ code: "USAGE" });
  });

  it("a certificate that is missing or damaged", async () => {
    const named = (parameter: string, path: string) => changed((url) => url.searchParams.set(parameter, path));
    const missing = await refusal(["verify"], named("sslrootcert", "/no/such.pem"));
    expect(missing).toMatchObject({
      code: "USAGE",
      message: "the certificate file /no/such.pem cannot be read (ENOENT)",
    });
    const damaged = new URL(named("sslcert", join(projectFolder, "package.json")));
    damaged.searchParams.set("sslkey", join(projectFolder, "package.json"));
    expect(await refusal(["verify"], damaged.toString())).toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("certificate or key"),
    });
  });

  it("a server that accepts connections and never answers", { timeout: 60_000 }, async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const error = await refusal(["verify"], `postgres://user:${SECRET}@127.0.0.1:${port}/obc`);
    silent.close();
    expect(error).toMatchObject({
      code: "DATABASE_UNREACHABLE",
      message: `no connection to postgres://user@127.0.0.1:${port}/obc: no answer in time`,
    });
  });

  it("an account without SELECT is told what it lacks, not that it may not write", async () => {
    const role = `obc_sync_test_${randomBytes(4).toString("hex")}`;
    await database.rows(`create role ${role} login password '${SECRET}'`);
    try {
      const url = changed((url) => Object.assign(url, { username: role, password: SECRET }));
      const error = await refusal(["verify"], url);
      expect(error).toMatchObject({
        code: "DATABASE_ACCESS_DENIED",
        message: expect.stringContaining("permission denied for table"),
        hint: expect.stringContaining("verify, analyze, history and sync --dry-run need SELECT"),
      });
      expect(JSON.stringify(error)).not.toContain("may not write");
    } finally {
      await database.rows(`drop role ${role}`);
    }
  });

  it("a password is shown by no command", async () => {
    const secret = changed((url) => url.searchParams.set("options", "-c statement_timeout=0"));
    for (const args of [["migrate"], ["migrate", "--status"], ["sync"], ["verify"], ["history"]]) {
      const { password } = new URL(secret);
      for (const flags of [[], ["--json"]]) {
        const { stdout, stderr } = await runCli([...args, ...flags], { database: secret });
        expect(stdout + stderr).not.toContain(`:${password}@`);
      }
    }
  });
});

onEveryDatabase(
  "a database without the tables",
  (database) => {
    it.each([["sync"], ["sync", "--dry-run"], ["verify"], ["history"], ["import", "geography"]])(
      "%s %s reports that it is not migrated",
      async (...args) => {
        await database.rows("create table something_else (id integer)");
        const error = await refusal(args, database.location);
        expect(error).toMatchObject({ code: "DATABASE_NOT_MIGRATED", hint: "Run: obc-sync migrate" });
      },
    );
  },
  { stage: "empty" },
);

onEveryDatabase(
  "a database without the geography",
  (database) => {
    it("reports what to import before a unit can be found", async () => {
      const error = await refusal(["sync", "--region", "10"], database.location);
      expect(error.hint).toContain("obc-sync import geography");
    });
  },
  { stage: "migrated" },
);
