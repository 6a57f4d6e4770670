/** What systemd relies on: watch waits for a server that is away at its start, and the journal gets priorities. */
import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { useDatabase } from "../helpers/databases.ts";
import { builtProgram } from "../helpers/project.ts";
import { temporaryFolder } from "../helpers/temporary-folder.ts";

const database = useDatabase("postgres", { stage: "example" });

/** A port that leads to the server of the tests once it is opened. */
async function doorToServer(url: string) {
  const { hostname, port } = new URL(url);
  const door = createServer((socket) => {
    const server = connect(Number(port), hostname);
    socket.pipe(server).pipe(socket);
    for (const end of [socket, server]) end.on("error", () => {});
  });
  const listen = (at: number) => new Promise<void>((resolve) => door.listen(at, "127.0.0.1", resolve));
  await listen(0);
  const address = door.address() as AddressInfo;
  await new Promise((resolve) => door.close(resolve));
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  return { url: through.toString(), open: () => listen(address.port), close: () => door.close() };
}

/** Starts the program as systemd does: both streams go to one journal, which a file stands for. */
function startService(args: string[], env: Record<string, string>) {
  const path = join(temporaryFolder(), "journal");
  const journal = openSync(path, "a");
  const { dev, ino } = fstatSync(journal, { bigint: true });
  const service = spawn(process.execPath, [builtProgram, ...args], {
    env: { PATH: process.env.PATH, JOURNAL_STREAM: `${dev}:${ino}`, ...env },
    stdio: ["ignore", journal, journal],
  });
  closeSync(journal);
  const ended = new Promise<number | null>((resolve) => service.once("exit", resolve));
  const lines = () => readFileSync(path, "utf8").split("\n").slice(0, -1);
  const line = (pattern: RegExp) =>
    vi.waitFor(() => expect(lines()).toContainEqual(expect.stringMatching(pattern)), { timeout: 60_000 });
  return { service, ended, lines, line };
}

it("watch waits for the server, syncs what was written meanwhile, and ends cleanly", { timeout: 90_000 }, async () => {
  const door = await doorToServer(database.location);
  await database.rows("update obc_communities set households = coalesce(households, 0) + 1");
  const { service, ended, lines, line } = startService(["watch"], { OBC_SYNC_DATABASE: door.url });
  await line(/^<3>\d\d:\d\d:\d\d failed: no connection to .*ECONNREFUSED.*; retrying in 500 ms$/);
  await door.open();
  await line(/^<6>\d\d:\d\d:\d\d synced municipalities \+0 ~109, provinces \+0 ~23: /);
  await line(/^<6>\d\d:\d\d:\d\d watching postgres:/);
  service.kill("SIGTERM");
  expect(await ended).toBe(0);
  door.close();
  expect(lines().at(-1)).toMatch(/^Stopped after 1 sync, \d+ failures?\.$/);
});

it("an error has its priority on every line; JSON has none", async () => {
  const missing = { OBC_SYNC_DATABASE: join(temporaryFolder(), "none.sqlite3") };
  const text = startService(["sync"], missing);
  expect(await text.ended).toBe(1);
  expect(text.lines()).toEqual([expect.stringMatching(/^<3>error: /), expect.stringMatching(/^<3>hint: /)]);
  const json = startService(["sync", "--json"], missing);
  expect(await json.ended).toBe(1);
  expect(JSON.parse(json.lines().join("\n"))).toMatchObject({ error: { code: "DATABASE_MISSING" } });
});
