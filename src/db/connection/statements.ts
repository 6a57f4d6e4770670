import type { Knex } from "knex";
import { ConcurrentChangeError } from "../../core/errors.ts";
import { PURPOSES, type Purpose, type StatementCounts } from "../../core/statement-counts.ts";
import type { Statement } from "../dialect/statement.ts";
import type { RowBatch, StatementResult } from "../dialect/statements.ts";
import { RowReader } from "./row-reader.ts";
import type { OpenTransaction } from "./session.ts";

/**
 * Prefixes SQL with a comment that states its purpose. The counter below reads it; it also shows in the server's log and
 * in pg_stat_activity.
 */
export function tagged(purpose: Purpose, sql: string): string {
  return `/* obc-sync ${purpose} */ ${sql}`;
}

/** A statement, or a query built with `session.dialect.sql`. */
export type Query = Statement | Knex.QueryBuilder | Knex.Raw;

export function statementOf(query: Query): Statement {
  return "toSQL" in query ? query.toSQL() : query;
}

/** Sends a query and returns its rows. */
export async function read<Row>(session: OpenTransaction, purpose: Purpose, query: Query): Promise<Row[]> {
  return (await execute<Row>(session, purpose, query)).rows;
}

/** Sends a statement and returns the number of rows that it inserted, updated or deleted. */
export async function write(session: OpenTransaction, purpose: Purpose, query: Query): Promise<number> {
  return (await execute(session, purpose, query)).affected;
}

/**
 * Sends a statement that writes one record.
 *
 * @param what the record, for the message
 * @throws ConcurrentChangeError if it wrote none: another transaction has deleted the record since it was read
 */
export async function writeOne(session: OpenTransaction, query: Query, what: string): Promise<void> {
  if ((await write(session, "write", query)) === 0) throw new ConcurrentChangeError(what);
}

async function execute<Row>(
  { transaction, dialect }: OpenTransaction,
  purpose: Purpose,
  query: Query,
): Promise<StatementResult<Row>> {
  const { sql, bindings } = statementOf(query);
  return announced(transaction, tagged(purpose, sql), bindings, async (sent) => {
    const result = await dialect.statements.run<Row>(transaction, sent, bindings);
    return { result, rows: result.rows.length || result.affected };
  });
}

/** Sends a query and passes on its rows one at a time. */
export async function streamRows(
  { transaction, dialect }: OpenTransaction,
  purpose: Purpose,
  query: Query,
  take: (row: RowReader) => void,
): Promise<void> {
  const { sql, bindings } = statementOf(query);
  await announced(transaction, tagged(purpose, sql), bindings, async (sent) => {
    const row = new RowReader();
    let rows = 0;
    await dialect.statements.stream(
      transaction,
      sent,
      bindings,
      (columns) => row.begin(columns),
      (values) => {
        rows += 1;
        row.turnTo(values);
        take(row);
      },
    );
    return { result: undefined, rows };
  });
}

/** Sends a query and returns its rows in batches, each when it is asked for. */
export async function* pullRows(session: OpenTransaction, purpose: Purpose, query: Query): AsyncGenerator<RowBatch> {
  const { transaction, dialect } = session;
  const { sql, bindings } = statementOf(query);
  const event = begun(transaction, tagged(purpose, sql), bindings);
  let rows = 0;
  for await (const batch of dialect.statements.pull(transaction, event.sql, bindings)) {
    rows += batch.rows.length;
    yield batch;
  }
  ended(transaction, event, rows);
}

let lastStatement = 0;

/** Emits the events that Knex emits for its own statements, so that listeners see these statements too. */
async function announced<T>(
  transaction: Knex.Transaction,
  sql: string,
  bindings: readonly unknown[],
  send: (sql: string) => Promise<{ result: T; rows: number }>,
): Promise<T> {
  const event = begun(transaction, sql, bindings);
  const { result, rows } = await send(sql);
  ended(transaction, event, rows);
  return result;
}

interface QueryEvent extends Statement {
  __knexQueryUid: string;
}

function begun(transaction: Knex.Transaction, sql: string, bindings: readonly unknown[]): QueryEvent {
  lastStatement += 1;
  const event = { sql, bindings, __knexQueryUid: `obc-sync-${lastStatement}` };
  transaction.client.emit("query", event);
  return event;
}

function ended(transaction: Knex.Transaction, event: QueryEvent, rows: number): void {
  transaction.client.emit("query-response", null, { ...event, response: { rowCount: rows } });
}

/**
 * Counts the statements that a Knex instance sends until `stop` is called. Statements without a tag count as control:
 * Knex itself sends those that begin and end transactions.
 */
export function countStatements(knex: Knex): { counts: () => StatementCounts; stop: () => void } {
  const counts: StatementCounts = { read: 0, write: 0, bookkeeping: 0, control: 0 };
  const count = ({ sql }: { sql: string }) => {
    counts[purposeOf(sql)] += 1;
  };
  knex.on("query", count);
  return { counts: () => ({ ...counts }), stop: () => knex.removeListener("query", count) };
}

export function purposeOf(sql: string): Purpose {
  const match = /^\/\* obc-sync (\w+) \*\//.exec(sql);
  return PURPOSES.find((purpose) => purpose === match?.[1]) ?? "control";
}
