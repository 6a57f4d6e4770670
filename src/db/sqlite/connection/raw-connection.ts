import type BetterSqlite3 from "better-sqlite3";
import type { Knex } from "knex";

/** The driver's connection on which a transaction runs. */
export function connectionOf(transaction: Knex.Transaction): Promise<BetterSqlite3.Database> {
  return transaction.client.acquireConnection();
}
