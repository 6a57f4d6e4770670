import { randomBytes } from "node:crypto";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { fixture } from "./project.ts";
import { runCli } from "./run-cli.ts";

/** The initial contents of a test's database. Each stage adds to the one before it. */
export const STAGES = ["empty", "migrated", "geography", "example"] as const;

export type Stage = (typeof STAGES)[number];

/** The originals of each stage, to copy: SQLite files, and databases on a PostgreSQL server. */
export interface Templates {
  folder: string;
  serverUrl: string;
  sqlite: Record<Stage, string>;
  /** Names of databases on the server. */
  postgres: Record<Stage, string>;
}

/** The commands that turn a database of the previous stage into one of this stage. */
const STEPS: Record<Stage, string[][]> = {
  empty: [],
  migrated: [["migrate"]],
  geography: [["import", "geography"]],
  // 600 communities and their coverages, synced.
  example: [["import", "communities", fixture("communities.csv")]],
};

/** The first run of a test has the number 1: the import of the geography is a run as well. */
const FORGET_RUNS = "delete from obc_sync_runs";

/** Creates every stage once, on both databases, with the program itself. */
export async function makeTemplates(folder: string, serverUrl: string): Promise<Templates> {
  const run = randomBytes(4).toString("hex");
  const name = (path: (stage: Stage) => string) =>
    Object.fromEntries(STAGES.map((stage) => [stage, path(stage)])) as Record<Stage, string>;
  const templates: Templates = {
    folder,
    serverUrl,
    sqlite: name((stage) => join(folder, `${stage}.sqlite3`)),
    postgres: name((stage) => `obc_sync_test_${run}_${stage}`),
  };
  await Promise.all([makeSqlite(templates), makePostgres(templates)]);
  return templates;
}

async function makeSqlite({ sqlite }: Templates): Promise<void> {
  let previous: Stage = "empty";
  for (const stage of STAGES) {
    // An empty SQLite database has no file: the first migration creates it.
    if (stage === "empty") continue;
    if (previous !== "empty") await copyFile(sqlite[previous], sqlite[stage]);
    for (const args of STEPS[stage]) await must(args, sqlite[stage]);
    if (stage === "geography") new Sqlite(sqlite[stage]).exec(FORGET_RUNS).close();
    previous = stage;
  }
}

async function makePostgres({ serverUrl, postgres }: Templates): Promise<void> {
  let previous: Stage = "empty";
  for (const stage of STAGES) {
    // A linguistic collation, so that tests fail if a query relies on code point order without COLLATE "C".
    const source = stage === "empty" ? "template0 locale_provider icu icu_locale 'en-US'" : postgres[previous];
    await onServer(serverUrl, `create database ${postgres[stage]} template ${source}`);
    for (const args of STEPS[stage]) await must(args, databaseUrl(serverUrl, postgres[stage]));
    if (stage === "geography") await onServer(databaseUrl(serverUrl, postgres[stage]), FORGET_RUNS);
    await onServer(databaseUrl(serverUrl, postgres[stage]), "vacuum analyze");
    previous = stage;
  }
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Sends one statement to a server on a new connection. */
export async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function must(args: string[], database: string): Promise<void> {
  const { exitCode, stderr } = await runCli(args, { database });
  if (exitCode !== 0) throw new Error(`obc-sync ${args.join(" ")} failed while preparing the tests: ${stderr}`);
}
