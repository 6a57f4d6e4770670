import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, useDatabase } from "../helpers/databases.ts";
import { runCli } from "../helpers/run-cli.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

describe("a PostgreSQL service", () => {
  const database = useDatabase("postgres", { stage: "example" });
  let home = "";
  beforeEach(() => {
    home = temporaryFolder();
  });

  /** A line of a service file for each part of the database's URL, and what else the test wants there. */
  function service({ location }: TestDatabase, others: Record<string, string> = {}): string {
    const { hostname, port, username, password, pathname } = new URL(location);
    const parts = { host: hostname, port, user: username, password, dbname: pathname.slice(1), ...others };
    const lines = Object.entries(parts).map(([name, value]) => `${name}=${value}`);
    return `# of the tests\n\n[other]\nhost=127.0.0.1\nport=1\n\n[obc]\n${lines.join("\n")}\n[last]\nport=2\n`;
  }

  const verify = (url: string, env: Record<string, string> = {}) =>
    runCli(["verify", "--quiet"], { database: url, env: { HOME: home, ...env } });
  const done = { exitCode: 0, stdout: "", stderr: "" };

  it("is found in ~/.pg_service.conf, PGSERVICEFILE and PGSYSCONFDIR, by the URL or by PGSERVICE", async () => {
    writeFileSync(join(home, ".pg_service.conf"), service(database));
    expect(await verify("postgres://?service=obc")).toMatchObject(done);
    expect(await verify("postgres://", { PGSERVICE: "obc", PGHOST: "nowhere.invalid" })).toMatchObject(done);
    writeFileSync(join(home, "own.conf"), service(database));
    writeFileSync(join(home, ".pg_service.conf"), "");
    expect(await verify("postgres:///?service=obc", { PGSERVICEFILE: join(home, "own.conf") })).toMatchObject(done);
    mkdirSync(join(home, "etc"));
    writeFileSync(join(home, "etc/pg_service.conf"), service(database));
    expect(await verify("postgres://?service=obc", { PGSYSCONFDIR: join(home, "etc") })).toMatchObject(done);
  });

  it("yields to the URL, and takes its password from the passfile", async () => {
    const { hostname, port, username, password } = new URL(database.location);
    writeFileSync(join(home, ".pg_service.conf"), service(database, { password: "", dbname: "elsewhere", port: "1" }));
    const { pathname } = new URL(database.location);
    const server = `postgres://${hostname}:${port}`;
    const url = `${server}${pathname}?service=obc`;
    expect((await verify(url)).stderr).toContain("asks for a password, and none was given");
    writeFileSync(join(home, ".pgpass"), `${hostname}:${port}:*:${username}:${password}\n`);
    chmodSync(join(home, ".pgpass"), 0o600);
    expect(await verify(url)).toMatchObject(done);
    const elsewhere = await verify(`${server}?service=obc`);
    expect(elsewhere.stderr).toContain(`error: the database ${server}?service=obc does not exist`);
  });

  it.each([
    ["[obc]\nhost = x", 'has an error in line 2: "host " is no setting'],
    ["[obc]\nsecret-of-mine", "has an error in line 2: it has no ="],
    ["[obc]\nservice=other", "has an error in line 2: a service cannot name another one"],
    ["[obcx]\nhost=x", 'there is no definition of the PostgreSQL service "obc"'],
  ])("%j is an error that names the file, as libpq has it", async (content, message) => {
    const file = join(home, ".pg_service.conf");
    writeFileSync(file, content);
    const { stderr, exitCode } = await verify("postgres://?service=obc");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain(file);
    expect(stderr).not.toContain("secret");
  });

  it("is no connection string of libpq, and a file that PGSERVICEFILE names has to exist", async () => {
    expect((await verify("service=obc")).stderr).toContain("Give a URL: postgres://?service=obc");
    const { stderr } = await verify("postgres://?service=obc", { PGSERVICEFILE: "/nowhere.conf" });
    expect(stderr).toContain("the service file /nowhere.conf does not exist");
  });

  it("is not needed: the other variables of libpq and the account of the system are defaults too", async () => {
    const { hostname, port, username, password, pathname } = new URL(database.location);
    const env = { PGHOSTADDR: hostname, PGPORT: port, PGPASSWORD: password, PGDATABASE: pathname.slice(1) };
    expect(await verify("postgres://", { ...env, PGUSER: username })).toMatchObject(done);
    // Without USER in the environment, as under cron.
    expect((await verify("postgres://", env)).stderr).toContain(`"${userInfo().username}"`);
  });
});
