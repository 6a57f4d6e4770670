import type { Knex } from "knex";
import { postgresDialect } from "../postgres/dialect.ts";
import { sqliteDialect } from "../sqlite/dialect.ts";
import type { Dialect } from "./dialect.ts";
import type { DatabaseLocation } from "./location.ts";

const DIALECTS: Record<Dialect["name"], Dialect> = { sqlite: sqliteDialect, postgres: postgresDialect };

/** The dialect of any Knex instance or transaction, including one created by a user of the library. */
export function dialectOf(knex: Knex): Dialect {
  return knex.client.driverName === "pg" ? DIALECTS.postgres : DIALECTS.sqlite;
}

export function dialectAt({ kind }: DatabaseLocation): Dialect {
  return DIALECTS[kind];
}
