import type { Knex } from "knex";
import type { DatabaseLocation } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { postgresDialect } from "../postgres/dialect.ts";
import { sqliteDialect } from "../sqlite/dialect.ts";

const DIALECTS: Record<Dialect["name"], Dialect> = { sqlite: sqliteDialect, postgres: postgresDialect };

/** The dialect of any Knex instance or transaction, including one created by a user of the library. */
export function dialectOf(knex: Knex): Dialect {
  return knex.client.driverName === "pg" ? DIALECTS.postgres : DIALECTS.sqlite;
}

export function dialectAt({ kind }: DatabaseLocation): Dialect {
  return DIALECTS[kind];
}
