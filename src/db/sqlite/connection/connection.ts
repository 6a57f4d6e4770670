import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Knex } from "knex";
import { DatabaseError } from "../../../core/errors.ts";
import { pollForChanges } from "../../connection/poll-for-changes.ts";
import type { Access, ChangeSignal, Connections } from "../../dialect/connection.ts";
import { errors } from "../errors.ts";
import { ImmutableClient, isImmutable } from "./immutable-client.ts";

/** How long SQLite itself waits for a lock. For longer waits the program retries, so that Ctrl-C takes effect. */
const BUSY_TIMEOUT_MS = 100;

export const connections: Connections = {
  config(location, access) {
    const { path } = location as { path: string };
    checkFile(path, access);
    return {
      client: access === "read" && isImmutable(path) ? ImmutableClient : "better-sqlite3",
      connection: { filename: path, options: { readonly: access === "read" } },
      useNullAsDefault: true,
      pool: { min: 0, max: 1, afterCreate: prepareConnection(access) },
    };
  },
  nameOf({ client }) {
    const { connection } = client.config;
    return typeof connection === "string" ? connection : (connection?.filename ?? "SQLite");
  },
  openChangeSignal,
  alone: (_knex, work) => work(),
  /** In a write-ahead log, writers do not block readers. */
  async settle(knex) {
    await knex.raw("pragma journal_mode = wal").catch(unlessRetryable);
  },
  // Statements are synchronous: no signal arrives while one runs.
  cancelStatement: async () => {},
};

function prepareConnection(access: Access) {
  return (connection: { pragma(text: string): unknown }, done: (error: Error | null) => void) => {
    try {
      connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      connection.pragma("foreign_keys = on");
      // Staged rows are written once and read in order, so a larger cache would not help.
      unlessLocked(() => connection.pragma("temp.cache_size = -2000"));
      if (access === "read") connection.pragma("query_only = on");
      done(null);
    } catch (error) {
      done(error as Error);
    }
  };
}

/** For settings that read the file. They only save time: while the file is locked, the work itself waits for it. */
function unlessLocked(set: () => void): void {
  try {
    set();
  } catch (error) {
    unlessRetryable(error);
  }
}

function unlessRetryable(error: unknown): void {
  if (!errors.isRetryable(error)) throw error;
}

function checkFile(path: string, access: Access): void {
  if (!existsSync(path)) {
    if (access === "create") {
      checkFolder(dirname(path));
      return;
    }
    throw new DatabaseError(
      "DATABASE_MISSING",
      `there is no database at ${path}`,
      "Run: obc-sync migrate, or give another path with --database.",
    );
  }
  if (statSync(path).isFile()) return;
  throw new DatabaseError(
    "DATABASE_UNREADABLE",
    `${path} is not a file`,
    "Give the path of a SQLite file with --database.",
  );
}

function checkFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new DatabaseError(
    "DATABASE_MISSING",
    `there is no folder ${folder} to create the database in`,
    "Create it first, or name another path with --database.",
  );
}

/** PRAGMA data_version changes after another connection has written. It reads no page. */
async function openChangeSignal(knex: Knex): Promise<ChangeSignal> {
  const version = async () => {
    const [row] = await knex.raw<Array<{ data_version: number }>>("pragma data_version");
    return row?.data_version;
  };
  let seen = await version();
  const hasChanged = async () => {
    const [before, now] = [seen, await version()];
    seen = now;
    return now !== before;
  };
  return {
    next: (timeoutMs, signal) => pollForChanges(hasChanged, timeoutMs, signal),
    close: async () => {},
  };
}
