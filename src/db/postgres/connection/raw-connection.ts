import type { Knex } from "knex";
import type { Client } from "pg";

/** The driver's connection on which a transaction runs. */
export function connectionOf(transaction: Knex.Transaction): Promise<Client> {
  return transaction.client.acquireConnection();
}
