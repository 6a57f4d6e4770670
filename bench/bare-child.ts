/**
 * Runs the statements of the baseline in one transaction, with only the driver, and prints how long the transaction
 * took and how many rows the statements returned: node --import tsx bench/bare-child.ts DATABASE FILE, where FILE has
 * the statements as a JSON array.
 */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import BetterSqlite3 from "better-sqlite3";
import pg from "pg";

export interface BareResult {
  insideMs: number;
  rows: number[];
}

const [database, file] = process.argv.slice(2) as [string, string];
const statements: string[] = JSON.parse(readFileSync(file, "utf8"));

process.stdout.write(JSON.stringify(database.startsWith("postgres") ? await onPostgres() : onSqlite()));

function onSqlite(): BareResult {
  const connection = new BetterSqlite3(database);
  connection.pragma("foreign_keys = on");
  connection.pragma("journal_mode = wal");
  const started = performance.now();
  const rows = connection.transaction(() =>
    statements.map((sql) => {
      const statement = connection.prepare(sql);
      return statement.reader ? statement.all().length : statement.run().changes;
    }),
  )();
  const insideMs = performance.now() - started;
  connection.close();
  return { insideMs, rows };
}

async function onPostgres(): Promise<BareResult> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const started = performance.now();
  const rows: number[] = [];
  await client.query("begin");
  for (const sql of statements) rows.push((await client.query(sql)).rows.length);
  await client.query("commit");
  const insideMs = performance.now() - started;
  await client.end();
  return { insideMs, rows };
}
