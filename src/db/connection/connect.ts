import createKnex, { type Knex } from "knex";
import { ObcSyncError } from "../../core/errors.ts";
import type { Access, DatabaseLocation } from "../dialect/connection.ts";
import { migrationConfig } from "../schema/migration-source.ts";
import { nativeSchema } from "../schema/native.ts";
import { dialectAt } from "./dialect-of.ts";
import { describeLocation } from "./location.ts";
import { SILENT } from "./query-builder.ts";

/**
 * Runs `use` on a database and closes it, also after an error. The first statement connects, or `connect`.
 *
 * @throws DatabaseError with a hint, in place of a driver error that would not help the user
 */
export async function withDatabase<T>(
  location: DatabaseLocation,
  access: Access,
  use: (knex: Knex) => Promise<T>,
): Promise<T> {
  const { errors } = dialectAt(location);
  const knex = createKnex({ ...knexConfig(location, access), log: SILENT });
  try {
    return await use(knex);
  } catch (error) {
    if (error instanceof ObcSyncError) throw error;
    throw errors.explain(error, describeLocation(location)) ?? error;
  } finally {
    await knex.destroy();
  }
}

/** Opens the pool's connection, so that an unreachable database is reported before any work begins. */
export async function connect(knex: Knex): Promise<void> {
  await knex.client.releaseConnection(await knex.client.acquireConnection());
}

/** The Knex configuration of a location. knexfile.ts uses it for the knex command line. */
export function knexConfig(location: DatabaseLocation, access: Access): Knex.Config {
  return { ...dialectAt(location).connections.config(location, access), migrations: migrationConfig(nativeSchema) };
}
