import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import type { Client, QueryArrayConfig } from "pg";
import type { Purpose } from "../core/statement-counts.ts";
import { type Statement, tagged } from "./connection/statement-log.ts";

/** A row as the driver has it, in the order of the columns. */
export type RowValues = ReadonlyArray<string | number | null>;

/**
 * Runs a query on the connection of a transaction and hands over one row at a time, so that memory holds what the
 * caller keeps and never all rows as the driver has them.
 *
 * @param onColumns is called once, before the first row
 */
export type StreamRows = (
  transaction: Knex.Transaction,
  statement: Statement,
  onColumns: (names: string[]) => void,
  onRow: (row: RowValues) => void,
) => Promise<void>;

export const sqliteStreamRows: StreamRows = async (transaction, { sql, bindings }, onColumns, onRow) => {
  const connection: BetterSqlite3.Database = await transaction.client.acquireConnection();
  const statement = connection.prepare(sql).raw();
  onColumns(statement.columns().map(({ name }) => name));
  // SQLite has no booleans.
  const values = bindings.map((value) => (typeof value === "boolean" ? Number(value) : value));
  for (const row of statement.iterate(...values)) onRow(row as RowValues);
};

export const postgresStreamRows: StreamRows = async (transaction, { sql, bindings }, onColumns, onRow) => {
  const client: Client = await transaction.client.acquireConnection();
  const { Query } = (await import("pg")).default;
  // rowMode is missing in the types of Query, which takes it all the same.
  const config: QueryArrayConfig = {
    text: transaction.client.positionBindings(sql),
    values: [...bindings],
    rowMode: "array",
  };
  const query = new Query<string[]>(config);
  await new Promise<void>((resolve, reject) => {
    let named = false;
    // What a row is refused for is told once the driver is through with the query, and not inside of it: there it
    // would end the process.
    let refusal: unknown = null;
    query.on("row", (row, result) => {
      if (refusal !== null) return;
      try {
        if (!named && result !== undefined) {
          onColumns(result.fields.map(({ name }) => name));
          named = true;
        }
        onRow(row as unknown as RowValues);
      } catch (error) {
        refusal = error;
      }
    });
    query.on("end", () => (refusal === null ? resolve() : reject(refusal)));
    query.on("error", reject);
    client.query(query);
  });
};

/** The row at hand. */
export class RowReader {
  readonly #positions = new Map<string, number>();
  #row: RowValues = [];

  begin(columns: readonly string[]): void {
    for (const [position, column] of columns.entries()) this.#positions.set(column, position);
  }

  turnTo(row: RowValues): void {
    this.#row = row;
  }

  /** A value, by the name of its column; null where there is no such column. */
  value(column: string): string | number | null {
    return this.#row[this.#positions.get(column) ?? -1] ?? null;
  }

  /** The values of so many columns that stand side by side, from a named one on. */
  values(first: string, count: number): RowValues {
    const from = this.#positions.get(first) ?? 0;
    return this.#row.slice(from, from + count);
  }
}

/**
 * Sends a statement under a tag and hands over its rows one at a time. It is counted and recorded as if knex had sent
 * it.
 */
export async function streamRows(
  transaction: Knex.Transaction,
  stream: StreamRows,
  purpose: Purpose,
  { sql, bindings }: Statement,
  take: (row: RowReader) => void,
): Promise<void> {
  const sent = { sql: tagged(purpose, sql), bindings, __knexQueryUid: `streamed-${performance.now()}` };
  const row = new RowReader();
  let rowCount = 0;
  transaction.client.emit("query", sent);
  await stream(
    transaction,
    sent,
    (columns) => row.begin(columns),
    (values) => {
      rowCount += 1;
      row.turnTo(values);
      take(row);
    },
  );
  transaction.client.emit("query-response", null, { ...sent, response: { rowCount } });
}
