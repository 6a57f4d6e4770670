import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";
import type { Client, QueryArrayConfig } from "pg";
import { type Purpose, type Statement, tagged } from "./statement-log.ts";

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

/** A value of the row at hand, by the name of its column; null where there is no such column. */
export type ReadColumn = (column: string) => string | number | null;

/**
 * Sends a statement under a tag and hands over its rows one at a time. It is counted and recorded as if knex had sent
 * it.
 */
export async function streamRows(
  transaction: Knex.Transaction,
  stream: StreamRows,
  purpose: Purpose,
  { sql, bindings }: Statement,
  take: (read: ReadColumn) => void,
): Promise<void> {
  const sent = { sql: tagged(purpose, sql), bindings, __knexQueryUid: `streamed-${performance.now()}` };
  const positions = new Map<string, number>();
  let row: RowValues = [];
  let rowCount = 0;
  const read: ReadColumn = (column) => row[positions.get(column) ?? -1] ?? null;
  transaction.client.emit("query", sent);
  await stream(
    transaction,
    sent,
    (names) => {
      for (const [position, name] of names.entries()) positions.set(name, position);
    },
    (values) => {
      rowCount += 1;
      row = values;
      take(read);
    },
  );
  transaction.client.emit("query-response", null, { ...sent, response: { rowCount } });
}
