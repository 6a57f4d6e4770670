import { randomBytes } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import createKnex, { type Knex } from "knex";
import pg from "pg";
import { afterEach, beforeEach, describe, inject } from "vitest";
import { databaseUrl, type Stage, type Templates } from "./database-templates.ts";
import { type CliOptions, type CliResult, type RunningCli, runCli, startCli } from "./run-cli.ts";

export type { Stage } from "./database-templates.ts";

/** The database of one test. Its functions bypass the program, to see what it really wrote. */
export interface TestDatabase {
  readonly kind: "sqlite" | "postgres";
  /** What --database takes: a path or a URL. */
  readonly location: string;
  /** The test's own connection. It is opened when first used and closed after the test. */
  readonly knex: Knex;
  /** Returns the rows of a plain statement with ? for values; integers of any width are numbers. */
  rows<Row = Record<string, unknown>>(sql: string, ...bindings: Knex.RawBinding[]): Promise<Row[]>;
  /** Runs the built program on this database. */
  obcSync(args: readonly string[], options?: CliOptions): Promise<CliResult>;
  startObcSync(args: readonly string[], options?: CliOptions): RunningCli;
  /** Replaces the database with a new copy of its stage, during a test. */
  reset(): Promise<void>;
}

export interface DatabaseOptions {
  /** The initial contents; by default the tables and the bundled geography, without communities. */
  stage?: Stage;
}

/** Runs the same tests on SQLite and on PostgreSQL, each test on a new copy of a prepared database. */
export function onEveryDatabase(
  name: string,
  suite: (database: TestDatabase) => void,
  { stage = "geography" }: DatabaseOptions = {},
): void {
  for (const kind of ["sqlite", "postgres"] as const) {
    describe(`${name} (${kind})`, () => suite(useDatabase(kind, { stage })));
  }
}

/** For a suite on one database only: a new copy of a prepared database for each test. */
export function useDatabase(kind: TestDatabase["kind"], { stage = "geography" }: DatabaseOptions = {}): TestDatabase {
  let copy: Copy | null = null;
  const now = () => {
    if (copy === null) throw new Error("a database is only available inside a test");
    return copy;
  };
  beforeEach(async () => {
    copy = await takeCopy(kind, stage, inject("templates"));
  });
  afterEach(async () => {
    await copy?.discard();
    copy = null;
  });
  const options = (given: CliOptions = {}): CliOptions => ({ database: now().location, ...given });
  return {
    kind,
    get location() {
      return now().location;
    },
    get knex() {
      return now().knex();
    },
    async rows<Row>(sql: string, ...bindings: Knex.RawBinding[]) {
      const result = await now().knex().raw(sql, bindings);
      return (Array.isArray(result) ? result : result.rows) as Row[];
    },
    obcSync: (args, given) => runCli(args, options(given)),
    startObcSync: (args, given) => startCli(args, options(given)),
    async reset() {
      await copy?.discard();
      copy = await takeCopy(kind, stage, inject("templates"));
    },
  };
}

interface Copy {
  location: string;
  knex: () => Knex;
  discard: () => Promise<void>;
}

async function takeCopy(kind: TestDatabase["kind"], stage: Stage, templates: Templates): Promise<Copy> {
  const id = randomBytes(6).toString("hex");
  if (kind === "sqlite") {
    const location = join(templates.folder, `${id}.sqlite3`);
    if (stage !== "empty") await copyFile(templates.sqlite[stage], location);
    const { knex, close } = lazily(() => sqliteConnection(location));
    return {
      location,
      knex,
      async discard() {
        await close();
        for (const suffix of ["", "-wal", "-shm"]) await rm(location + suffix, { force: true });
      },
    };
  }
  const name = `obc_sync_test_${id}`;
  const { client, strategy } = await administratorOf(templates.serverUrl);
  await client.query(`create database ${name} template ${templates.postgres[stage]} ${strategy}`);
  const location = databaseUrl(templates.serverUrl, name);
  const { knex, close } = lazily(() => postgresConnection(location));
  return {
    location,
    knex,
    async discard() {
      await close();
      await client.query(`drop database ${name} with (force)`);
    },
  };
}

let administrator: Promise<Administrator> | null = null;

/** A connection to the server that the tests of a worker share: logging in takes longer than most statements. */
interface Administrator {
  client: pg.Client;
  /** How to copy a database: as files is the fastest, from PostgreSQL 15 on. */
  strategy: string;
}

function administratorOf(serverUrl: string): Promise<Administrator> {
  administrator ??= logIn(serverUrl);
  return administrator;
}

async function logIn(serverUrl: string): Promise<Administrator> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  // It must not keep the worker running.
  (client as unknown as { connection: { stream: Socket } }).connection.stream.unref();
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  return { client, strategy: (rows[0]?.version ?? 0) >= 150_000 ? "strategy file_copy" : "" };
}

function lazily(open: () => Knex): { knex: () => Knex; close: () => Promise<void> } {
  let opened: Knex | null = null;
  return {
    knex: () => {
      opened ??= open();
      return opened;
    },
    close: async () => opened?.destroy(),
  };
}

export function sqliteConnection(path: string): Knex {
  return createKnex({
    client: "better-sqlite3",
    connection: { filename: path },
    useNullAsDefault: true,
    pool: {
      min: 0,
      max: 1,
      afterCreate(connection: { pragma(text: string): void }, done: () => void) {
        connection.pragma("foreign_keys = on");
        connection.pragma("busy_timeout = 10000");
        done();
      },
    },
  });
}

const BIGINT = 20;
const NUMERIC = 1700;

export function postgresConnection(url: string): Knex {
  const types = new pg.TypeOverrides();
  types.setTypeParser(BIGINT, Number);
  types.setTypeParser(NUMERIC, Number);
  return createKnex({
    client: "pg",
    connection: { connectionString: url, types } as Knex.PgConnectionConfig,
    pool: { min: 0, max: 4 },
  });
}
