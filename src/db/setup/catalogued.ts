import type { Knex } from "knex";
import { dialectOf } from "../connection/dialect-of.ts";
import type { OpenTransaction } from "../connection/session.ts";

/** Runs `use` in a read-only transaction on a database that need not have been set up. */
export function catalogued<T>(knex: Knex, use: (open: OpenTransaction) => Promise<T>): Promise<T> {
  const dialect = dialectOf(knex);
  return knex.transaction((transaction) => use({ transaction, dialect }), dialect.locks.readOnlyTransaction);
}
