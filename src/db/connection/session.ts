import type { Knex } from "knex";
import type { Dialect } from "../dialect/dialect.ts";
import type { Schema } from "../schema/schema.ts";

/** An open transaction, and the dialect for its statements. */
export interface OpenTransaction {
  readonly transaction: Knex.Transaction;
  readonly dialect: Dialect;
}

/** The same with the schema of the database. Every reader and writer of src/db takes one. */
export interface Session extends OpenTransaction {
  readonly schema: Schema;
}
