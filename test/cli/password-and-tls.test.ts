import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf, type ErrorDocument } from "../helpers/documents.ts";
import { type OwnServer, startOwnServer } from "../helpers/postgres-server.ts";
import { runCli, startCli } from "../helpers/run-cli.ts";

describe("a PostgreSQL server that asks for a password (SCRAM) and has no TLS", () => {
  let server: OwnServer;
  let folder = "";
  beforeAll(async () => {
    server = await startOwnServer();
    folder = await mkdtemp(join(tmpdir(), "obc-sync-password-"));
    expect(await runCli(["migrate"], { database: server.url })).toMatchObject({ exitCode: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const withoutPassword = () => {
    const url = new URL(server.url);
    url.password = "";
    return url.toString();
  };

  it("says so at once where there is none", async () => {
    const started = performance.now();
    const result = await runCli(["verify", "--json"], { database: withoutPassword(), env: { HOME: folder } });
    // The server would wait for a minute.
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(result).toMatchObject({ exitCode: 1, stderr: "" });
    expect(documentOf<ErrorDocument>(result).error).toMatchObject({
      code: "DATABASE_ACCESS_DENIED",
      message: `${withoutPassword()} asks for a password, and none was given`,
      hint: expect.stringContaining("PGPASSWORD"),
    });
  });

  it("takes it from PGPASSWORD and from .pgpass, without a word on stderr", async () => {
    const variable = await runCli(["sync", "--dry-run"], {
      database: withoutPassword(),
      env: { PGPASSWORD: "password" },
    });
    expect(variable).toMatchObject({ exitCode: 0, stderr: "" });
    const { hostname, port, username } = new URL(server.url);
    await writeFile(join(folder, ".pgpass"), `${hostname}:${port}:*:${username}:password\n`, { mode: 0o600 });
    for (const flags of [[], ["--quiet"]]) {
      const file = await runCli(["sync", "--dry-run", ...flags], {
        database: withoutPassword(),
        env: { HOME: folder },
      });
      expect(file).toMatchObject({ exitCode: 0, stderr: "" });
    }
  });

  it("refuses a wrong password with the server's words", async () => {
    const database = server.url.replace(":password@", ":wrong@");
    for (const command of ["verify", "watch"]) {
      const result = await runCli([command], { database });
      expect(result).toMatchObject({ exitCode: 1, stdout: "" });
      expect(result.stderr).toMatch(
        /refused the login to .*: password authentication failed for user "postgres"\nhint/,
      );
    }
  });

  it.each(["require", "prefer", "verify-full", "no-verify"])(
    "says with sslmode=%s that it offers no encryption, without a warning of the driver",
    async (mode) => {
      const result = await runCli(["verify"], { database: `${server.url}?sslmode=${mode}` });
      expect(result).toMatchObject({ exitCode: 1, stdout: "" });
      expect(result.stderr).toMatch(
        /^error: the server of postgres:\/\/postgres@\S+ does not offer encrypted connections\nhint: .*\n$/,
      );
    },
  );

  it("is waited for by watch, where it is down at the start", async () => {
    await server.shutDown();
    const watch = startCli(["watch", "--json"], { database: server.url });
    const kinds: string[] = [];
    let wake = () => {};
    watch.process.stdout?.on("data", (chunk) => {
      kinds.push(...[...String(chunk).matchAll(/"event":"(\w+)"/g)].map(([, kind]) => String(kind)));
      wake();
    });
    const seen = async (kind: string) => {
      while (!kinds.includes(kind)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    await seen("failed");
    await server.startAgain();
    await seen("started");
    watch.process.kill("SIGINT");
    expect(await watch.result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(kinds[0]).toBe("failed");
  });
});
