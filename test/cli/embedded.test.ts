/** The command line as a function: obc-sync/cli. */
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { useDatabase } from "../helpers/databases.ts";

const database = useDatabase("sqlite", { stage: "example" });

function memory(): Writable & { text: () => string } {
  let text = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return Object.assign(stream, { text: () => text });
}

it("runs command lines side by side, each with its own streams and settings, and leaves no listener", async () => {
  const environment = { OBC_SYNC_DATABASE: database.location };
  const signals = process.listenerCount("SIGINT");
  const [clean, unknown, missing] = [memory(), memory(), memory()];
  const stderr = memory();
  const exitCodes = await Promise.all([
    run(["verify", "--json"], { stdout: clean, stderr }, { environment }),
    run(["sync", "--province", "Atlantis", "--json"], { stdout: unknown, stderr }, { environment }),
    run(["verify", "--json"], { stdout: missing, stderr }, { environment: { OBC_SYNC_DATABASE: "/nowhere.sqlite3" } }),
  ]);
  expect(exitCodes).toEqual([0, 1, 1]);
  expect(JSON.parse(clean.text())).toMatchObject({ command: "verify", ok: true, checked: { municipalities: 109 } });
  expect(JSON.parse(unknown.text()).error.code).toBe("UNIT_UNKNOWN");
  expect(JSON.parse(missing.text()).error.code).toBe("DATABASE_MISSING");
  expect(await run(["sync", "--nonsense"], { stdout: clean, stderr }, { environment })).toBe(1);
  expect(stderr.text()).toContain("unknown option '--nonsense'");
  expect([clean, stderr].map((stream) => stream.listenerCount("error"))).toEqual([1, 1]);
  expect(process.listenerCount("SIGINT")).toBe(signals);
});

it("rolls back when its signal is aborted, and throws nothing", async () => {
  const streams = { stdout: memory(), stderr: memory() };
  const interrupt = new AbortController();
  const environment = { OBC_SYNC_DATABASE: database.location };
  const watching = run(["watch"], streams, { environment, signal: interrupt.signal });
  await expect.poll(() => streams.stdout.text()).toContain("watching");
  interrupt.abort();
  expect(await watching).toBe(0);
  expect(await run(["sync"], streams, { environment, signal: AbortSignal.abort() })).toBe(130);
});
