import type { Knex } from "knex";
import { withDatabase as withDatabaseAt } from "../../db/connection/connect.ts";
import { describeLocation, parseDatabaseLocation } from "../../db/connection/location.ts";
import type { Access } from "../../db/dialect/connection.ts";

export { connect } from "../../db/connection/connect.ts";
export type { Access } from "../../db/dialect/connection.ts";

/** The name of the database of a setting for messages, without a password. @throws UsageError if the setting is invalid */
export function databaseName(setting: string): string {
  return describeLocation(parseDatabaseLocation(setting));
}

/**
 * Runs `use` on the database of a setting and closes it, also after an error. The first statement connects, or `connect`.
 *
 * @param setting the path of a database file, or a URL
 * @throws UsageError if the setting is invalid; DatabaseError with a hint if opening or `use` fails
 */
export async function withDatabase<T>(setting: string, access: Access, use: (knex: Knex) => Promise<T>): Promise<T> {
  return withDatabaseAt(parseDatabaseLocation(setting), access, use);
}
