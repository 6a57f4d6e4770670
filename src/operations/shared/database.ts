import type { Knex } from "knex";
import { withDatabase as withDatabaseAt } from "../../db/connection/connect.ts";
import type { Access } from "../../db/connection/dialect.ts";
import { parseDatabaseLocation } from "../../db/connection/location.ts";

export type { Access } from "../../db/connection/dialect.ts";

/**
 * Opens the database that a setting names, runs `use` and closes it, whatever happens.
 *
 * @param setting the path of a database file, or a URL
 * @throws UsageError where the setting cannot be read; DatabaseError with what to do next where opening or `use` fails
 */
export async function withDatabase<T>(setting: string, access: Access, use: (knex: Knex) => Promise<T>): Promise<T> {
  return withDatabaseAt(parseDatabaseLocation(setting), access, use);
}
