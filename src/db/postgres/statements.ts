import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Knex } from "knex";
import type { Client, CustomTypesConfig, QueryArrayConfig } from "pg";
import { ConcurrentChangeError } from "../../core/errors.ts";
import { errorCode } from "../connection/driver-error.ts";
import { BATCH_SIZE, type Cell, type RowValues, type Statements } from "../dialect/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { connectionOf } from "./connection/raw-connection.ts";
import { coverageWrite } from "./coverage-write.ts";
import { StaleStatementError } from "./errors.ts";
import { rowSource } from "./row-source.ts";
import { runRecord } from "./run-record.ts";

export const statements: Statements = {
  async run<Row>(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]) {
    const client = await connectionOf(transaction);
    const config = { ...named(client, sql, bindings), ...positioned(transaction, sql), types: typesOf(client) };
    const { rows, rowCount } = await client.query(config).catch((error) => {
      throw explained(error, client, config);
    });
    return { rows: rows as Row[], affected: rows.length > 0 ? 0 : (rowCount ?? 0) };
  },
  async stream(transaction, sql, bindings, onColumns, onRow) {
    const client = await connectionOf(transaction);
    const { Query } = (await import("pg")).default;
    // Query accepts rowMode; its type declaration lacks it.
    const config: QueryArrayConfig = {
      ...named(client, sql, bindings),
      ...positioned(transaction, sql),
      types: typesOf(client),
      rowMode: "array",
    };
    const query = new Query<string[]>(config);
    await new Promise<void>((resolve, reject) => {
      let begun = false;
      // An exception in an event handler would end the process, so keep it until the driver has finished the query.
      let refusal: unknown = null;
      query.on("row", (row, result) => {
        if (refusal !== null) return;
        try {
          if (!begun && result !== undefined) {
            onColumns(result.fields.map(({ name }) => name));
            begun = true;
          }
          onRow(row as unknown as RowValues);
        } catch (error) {
          refusal = error;
        }
      });
      query.on("end", () => (refusal === null ? resolve() : reject(refusal)));
      query.on("error", (error) => reject(explained(error, client, config)));
      client.query(query);
    });
  },
  /** A cursor: the driver itself would read all rows as fast as the server sends them. */
  async *pull(transaction, sql, bindings) {
    const client = await connectionOf(transaction);
    lastCursor += 1;
    const cursor = `obc_sync_rows_${lastCursor}`;
    const query = (text: string, values: unknown[] = []) =>
      client.query({ text, values, types: typesOf(client), rowMode: "array" as const });
    await query(`declare ${cursor} no scroll cursor for ${positioned(transaction, sql).text}`, [...bindings]);
    // The server works on the next batch while this one is read.
    let next = query(`fetch ${BATCH_SIZE} from ${cursor}`);
    for (;;) {
      const { fields, rows } = await next;
      const isLast = rows.length < BATCH_SIZE;
      if (!isLast) {
        next = query(`fetch ${BATCH_SIZE} from ${cursor}`);
        // Its error is thrown by the await above, unless the reader stops before that.
        next.catch(() => {});
      }
      yield { columns: fields.map(({ name }) => name), rows };
      if (isLast) break;
    }
    // Where the reader stops early, the cursor ends with the transaction, which may have failed.
    await query(`close ${cursor}`);
  },
  /** COPY FROM STDIN in PostgreSQL's text format. */
  async bulkInsert(transaction, table, columns, batches) {
    const client = await connectionOf(transaction);
    const { from } = (await import("pg-copy-streams")).default;
    const stream = client.query(from(`copy ${table} (${columns.join(", ")}) from stdin`));
    await pipeline(Readable.from(copyText(batches), { objectMode: true }), stream);
  },
  rowSource,
  coverageWrite,
  runRecord,
};

const BIGINT = 20;

const typesBy = new WeakMap<Client, CustomTypesConfig>();

/**
 * Reads bigint as a number, whatever the connection's own parsers do: the ids of another application are bigint, and ids
 * are compared. No id exceeds 2^53; sums that may are of the type numeric.
 */
function typesOf(client: Client): CustomTypesConfig {
  const types = typesBy.get(client) ?? {
    getTypeParser: (id, format) => (id === BIGINT && format !== "binary" ? Number : client.getTypeParser(id, format)),
  };
  typesBy.set(client, types);
  return types;
}

/** Replaces ? by PostgreSQL's placeholders $1, $2, ... */
function positioned(transaction: Knex.Transaction, sql: string): { text: string } {
  return { text: transaction.client.positionBindings(sql) };
}

/** The names of the statements that each connection has sent. */
const namesBy = new WeakMap<Client, Map<string, string>>();

/** The driver never prepares a name again on the same connection, so no name is used twice. */
let lastName = 0;

let lastCursor = 0;

/** The statement does not exist (after DISCARD ALL), or its result has other columns (after ALTER TABLE). */
const STALE = ["26000", "0A000"];

/** The primary keys that two runs conflict on if neither sees the other: see run-record.ts. */
const RUN_NUMBERS = [`${BOOKKEEPING.runs}_pkey`, `${BOOKKEEPING.runValues}_pkey`];

/** Forgets the prepared statements of a connection if the server no longer accepts one. */
function explained(error: unknown, client: Client, { name }: { name?: string | undefined }): unknown {
  if (error instanceof Error && "constraint" in error && RUN_NUMBERS.includes(String(error.constraint))) {
    return new ConcurrentChangeError("coverages or communities", { cause: error });
  }
  if (name === undefined || !STALE.includes(errorCode(error))) return error;
  namesBy.delete(client);
  return new StaleStatementError(error);
}

/** About two hundred ids. */
const LONGEST_VALUE = 2_000;

/**
 * A statement gets a name when it is sent for the second time, so that the server keeps it prepared: planning the plan
 * query takes longer than running it for one municipality. A process that sends each statement once uses no names, so it
 * works with a connection pooler that does not support prepared statements. A statement with a long value gets no name:
 * the server plans it for that value.
 */
function named(client: Client, sql: string, bindings: readonly unknown[]): { values: unknown[]; name?: string } {
  const values = [...bindings];
  if (values.some((value) => typeof value === "string" && value.length > LONGEST_VALUE)) return { values };
  const names = namesBy.get(client) ?? new Map<string, string>();
  namesBy.set(client, names);
  const name = names.get(sql);
  if (name !== undefined) return { values, name };
  lastName += 1;
  names.set(sql, `obc_sync_${lastName}`);
  return { values };
}

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
