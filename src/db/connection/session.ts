import type { Knex } from "knex";
import type { Schema } from "../schema/schema.ts";
import type { Dialect } from "./dialect.ts";

/** An open transaction, and the dialect and schema for its statements. Every reader and writer of src/db takes one. */
export interface Session {
  readonly transaction: Knex.Transaction;
  readonly dialect: Dialect;
  readonly schema: Schema;
}
