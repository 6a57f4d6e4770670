import createKnex, { type Knex } from "knex";

/** Knex logs to stdout by default, which is for the result. Its errors are also thrown, so nothing is lost. */
export const SILENT: Knex.Logger = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** A Knex instance that only builds SQL; it has no connection. */
export function queryBuilder(client: "better-sqlite3" | "pg"): Knex {
  return createKnex({ client, useNullAsDefault: true, log: SILENT });
}
