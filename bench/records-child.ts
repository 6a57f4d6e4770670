/**
 * Changes 200 communities through the library, one transaction each, and prints how long that took:
 * node --import tsx bench/records-child.ts DATABASE
 */
import { performance } from "node:perf_hooks";
import createKnex from "knex";
import { updateCommunity } from "../src/index.ts";

const RECORDS = 200;

const [database] = process.argv.slice(2) as [string];
const knex = createKnex(
  database.startsWith("postgres")
    ? { client: "pg", connection: database }
    : { client: "better-sqlite3", connection: { filename: database }, useNullAsDefault: true },
);
const every = Math.floor(Number((await knex("barangays").count({ n: "*" }).first())?.n) / RECORDS);
const rows = await knex("barangays").whereRaw("id % ? = 0", [every]).orderBy("id").limit(RECORDS).select("code");
await updateCommunity(knex, rows[0].code, { households: 1 });
const started = performance.now();
for (const [index, { code }] of rows.entries()) await updateCommunity(knex, code, { households: index });
process.stdout.write(JSON.stringify({ insideMs: performance.now() - started }));
await knex.destroy();
