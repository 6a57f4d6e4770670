import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

export type Cell = string | number | null;

/**
 * Fills a table with batches of rows, as fast as the database takes them and no faster, on the connection of a
 * transaction. Where the batches end in an error, so does this, and the transaction can be rolled back.
 */
export type BulkInsert = (
  transaction: Knex.Transaction,
  table: string,
  columns: readonly string[],
  batches: AsyncIterable<Cell[][]>,
) => Promise<void>;

/** One prepared statement that is run for each row: SQLite has nothing faster. */
export const sqliteBulkInsert: BulkInsert = async (transaction, table, columns, batches) => {
  const connection: BetterSqlite3.Database = await transaction.client.acquireConnection();
  const placeholders = columns.map(() => "?").join(", ");
  const statement = connection.prepare(`insert into ${table} (${columns.join(", ")}) values (${placeholders})`);
  for await (const rows of batches) {
    for (const row of rows) statement.run(row);
  }
};

/** COPY FROM STDIN in PostgreSQL's text format. */
export const postgresBulkInsert: BulkInsert = async (transaction, table, columns, batches) => {
  const client: Client = await transaction.client.acquireConnection();
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin`));
  await pipeline(Readable.from(copyText(batches), { objectMode: true }), stream);
};

async function* copyText(batches: AsyncIterable<Cell[][]>): AsyncGenerator<Buffer> {
  for await (const rows of batches) {
    if (rows.length > 0) yield Buffer.from(rows.map((row) => `${row.map(copyCell).join("\t")}\n`).join(""));
  }
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function copyCell(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "number") return String(cell);
  return cell.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);
}
