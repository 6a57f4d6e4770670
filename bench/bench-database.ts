import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import pg from "pg";
import { runNode } from "./child-process.ts";
import { communityStatement, type DatabaseKind, hierarchyStatements } from "./generated-data.ts";
import type { Size } from "./sizes.ts";

/** A filled database of one size. Measurements change it, so each first restores the state that it needs. */
export interface BenchDatabase {
  readonly kind: DatabaseKind;
  readonly size: Size;
  /** For --database. */
  readonly location: string;
  /** Runs statements one by one, without measuring them. */
  run(statements: readonly string[]): Promise<void>;
  /** Deletes every community and coverage. */
  withoutCommunities(): Promise<void>;
  remove(): Promise<void>;
}

export const PROGRAM = "dist/bin/obc-sync.js";

export async function makeSqlite(folder: string, size: Size): Promise<BenchDatabase> {
  const path = join(folder, `bench-${size.communities}.sqlite3`);
  const geography = `${path}-geography`;
  const run = async (statements: readonly string[]) => {
    const connection = new BetterSqlite3(path);
    connection.pragma("journal_mode = wal");
    for (const sql of statements) connection.prepare(sql).run();
    connection.pragma("wal_checkpoint(truncate)");
    connection.close();
  };
  await removeSqlite(path);
  await runNode([PROGRAM, "migrate", "--database", path]);
  await run(hierarchyStatements("sqlite", size));
  await copyFile(path, geography);
  await run([communityStatement("sqlite", size), "delete from obc_sync_change_log"]);
  return {
    kind: "sqlite",
    size,
    location: path,
    run,
    withoutCommunities: async () => {
      await removeSqlite(path);
      await copyFile(geography, path);
    },
    remove: async () => {
      await removeSqlite(path);
      await rm(geography);
    },
  };
}

async function removeSqlite(path: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${path}${suffix}`, { force: true });
}

export async function makePostgres(server: string, size: Size): Promise<BenchDatabase> {
  const name = `obc_sync_bench_${size.communities}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const location = url.toString();
  const run = (statements: readonly string[]) => runOnServer(location, statements);
  await runOnServer(server, [`drop database if exists ${name}`, `create database ${name}`]);
  await runNode([PROGRAM, "migrate", "--database", location]);
  await run([
    ...hierarchyStatements("postgres", size),
    communityStatement("postgres", size),
    "truncate obc_sync_change_log",
    "vacuum analyze",
  ]);
  return {
    kind: "postgres",
    size,
    location,
    run,
    withoutCommunities: () =>
      run([
        "truncate obc_communities, municipality_coverages, province_coverages, obc_sync_change_log",
        "vacuum analyze",
        "checkpoint",
      ]),
    remove: () => runOnServer(server, [`drop database ${name}`]),
  };
}

async function runOnServer(location: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
