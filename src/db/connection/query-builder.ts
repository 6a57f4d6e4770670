import createKnex, { type Knex } from "knex";

/** Knex would print warnings on stdout, where the result goes; whatever it warns about, it throws as well. */
export const SILENT: Knex.Logger = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** A Knex instance that builds SQL for a database and has no connection. */
export function queryBuilder(client: "better-sqlite3" | "pg"): Knex {
  return createKnex({ client, useNullAsDefault: true, log: SILENT });
}
