import createKnex, { type Knex } from "knex";

/** Knex logs to stdout by default, which is for the result. Its errors are also thrown, so nothing is lost. */
export const SILENT: Knex.Logger = { warn() {}, error() {}, deprecate() {}, debug() {} };

const builders = new Map<string, Knex>();

/** A Knex instance that only builds SQL; it has no connection. Created once, when it is first needed. */
export function queryBuilder(client: "better-sqlite3" | "pg"): Knex {
  const builder = builders.get(client) ?? createKnex({ client, useNullAsDefault: true, log: SILENT });
  builders.set(client, builder);
  return builder;
}
