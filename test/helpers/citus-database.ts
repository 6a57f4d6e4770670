import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { databaseUrl } from "./database-templates.ts";
import { postgresConnection, type TestDatabase } from "./databases.ts";
import { runCli, startCli } from "./run-cli.ts";

/** The URL of any database on the coordinator of a Citus cluster whose account may create databases and extensions. */
const CLUSTER = process.env.OBC_SYNC_TEST_CITUS_URL ?? "";

/**
 * Runs tests on a Citus cluster, all on one database of their own, which is made in a few seconds. They are skipped unless
 * OBC_SYNC_TEST_CITUS_URL names the cluster.
 */
export function onCitus(name: string, suite: (database: TestDatabase) => void): void {
  const skipped = CLUSTER === "";
  describe.skipIf(skipped)(`${name}${skipped ? " (skipped: OBC_SYNC_TEST_CITUS_URL is not set)" : ""}`, () => {
    const database = `obc_sync_test_${randomBytes(6).toString("hex")}`;
    let location = "";
    let knex: Knex | null = null;
    const opened = () => {
      knex ??= postgresConnection(location);
      return knex;
    };
    beforeAll(async () => {
      location = await createDatabase(database);
    });
    afterAll(async () => {
      await knex?.destroy();
      await dropDatabase(database);
    });
    suite({
      kind: "postgres",
      get location() {
        return location;
      },
      get knex() {
        return opened();
      },
      async rows<Row>(sql: string, ...bindings: Knex.RawBinding[]) {
        return (await opened().raw(sql, bindings)).rows as Row[];
      },
      obcSync: (args, given) => runCli(args, { database: location, ...given }),
      startObcSync: (args, given) => startCli(args, { database: location, ...given }),
      // The triggers log it: as if everything had been removed by another program.
      async reset() {
        for (const table of ["province_coverages", "municipality_coverages", "obc_communities"]) {
          await opened().raw(`delete from ${table}`);
        }
        for (const table of ["run_values", "runs", "change_log", "community_log"]) {
          await opened().raw(`delete from obc_sync_${table}`);
        }
      },
    });
  });
}

/** Creates the database on every node, and makes one cluster of them. */
async function createDatabase(name: string): Promise<string> {
  const nodes = await nodesOf();
  for (const { url } of nodes) {
    await send(url, `create database ${name}`);
    await send(databaseUrl(url, name), "create extension citus");
  }
  const [coordinator, ...workers] = nodes;
  const location = databaseUrl(CLUSTER, name);
  await send(location, "select citus_set_coordinator_host($1, $2)", coordinator?.host, coordinator?.port);
  for (const { host, port } of workers) await send(location, "select citus_add_node($1, $2)", host, port);
  return location;
}

async function dropDatabase(name: string): Promise<void> {
  for (const { url } of await nodesOf()) await send(url, `drop database if exists ${name} with (force)`);
}

/** The nodes of the cluster, its coordinator first. */
async function nodesOf(): Promise<Array<{ host: string; port: number; url: string }>> {
  const rows = await send(CLUSTER, "select nodename as host, nodeport as port from pg_dist_node order by groupid");
  return rows.map(({ host, port }) => {
    const url = new URL(CLUSTER);
    url.hostname = String(host);
    url.port = String(port);
    return { host: String(host), port: Number(port), url: url.toString() };
  });
}

async function send(url: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
