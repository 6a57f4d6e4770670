import type { Knex } from "knex";
import { withDatabase as withDatabaseAt } from "../../db/connection/connect.ts";
import type { Access } from "../../db/connection/dialect.ts";
import { parseDatabaseLocation } from "../../db/connection/location.ts";

export type { Access } from "../../db/connection/dialect.ts";

/**
 * Opens the database of a setting, runs `use` and closes it, also after an error.
 *
 * @param setting the path of a database file, or a URL
 * @throws UsageError if the setting is invalid; DatabaseError with a hint if opening or `use` fails
 */
export async function withDatabase<T>(setting: string, access: Access, use: (knex: Knex) => Promise<T>): Promise<T> {
  return withDatabaseAt(parseDatabaseLocation(setting), access, use);
}
