import type { Knex } from "knex";
import type { TableName } from "../schema/schema.ts";
import type { Session } from "./session.ts";

/** A table of the schema for FROM or JOIN, under an alias. */
export function aliased(
  { dialect, schema }: Pick<Session, "dialect" | "schema">,
  table: TableName,
  alias: string,
): Knex.Raw {
  return dialect.sql.raw(`${schema.relations[table]} as ${alias}`);
}
