import type { Knex } from "knex";
import { DatabaseError } from "../../core/errors.ts";
import type { CitusStatus } from "../../core/runs/migrate-report.ts";
import { dialectOf } from "../connection/dialect-of.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { BOOKKEEPING_MIGRATION, migrationConfig, migrationNames } from "../schema/migration-source.ts";
import type { Schema } from "../schema/schema.ts";
import { withBaseTables } from "../transaction/base-tables.ts";
import { createIndexes, createTriggers } from "./add-to-tables.ts";
import { catalogued } from "./catalogued.ts";
import { areDistributed, distributedSchema, readCitus } from "./citus.ts";
import { findTables, hasOwnTables, refuseMissingColumns, refuseOtherTables } from "./whose-tables.ts";

export interface MigrationStatus {
  /** The name of the schema. */
  schema: string;
  applied: string[];
  pending: string[];
  /** The CREATE INDEX statements that the account may not run. */
  missingIndexes: string[];
  citus: CitusStatus | null;
}

export interface MigrationOptions {
  /** The name of a schema; by default the one that the database has been set up for, or whose tables it has. */
  schema?: string | undefined;
  /** Distributes the tables over the nodes of a Citus cluster. */
  citus?: boolean | undefined;
}

/**
 * Runs all pending migrations, each in its own transaction.
 *
 * @returns the names of the migrations
 * @throws DatabaseError if another version has migrated the database, other tables have the names that they create, or the
 * tables of another application lack a column
 */
export async function runMigrations(knex: Knex, options: MigrationOptions): Promise<MigrationStatus> {
  const { connections, errors } = dialectOf(knex);
  return connections
    .alone(knex, () => runAlone(knex, options))
    .catch((error: unknown) => {
      const isLocked = errors.isRetryable(error) || (error as Error).name === "MigrationLocked";
      throw isLocked ? migrationLocked(error) : error;
    });
}

async function runAlone(knex: Knex, { schema: asked, citus = false }: MigrationOptions): Promise<MigrationStatus> {
  const { schema: found, recorded } = await findTables(knex, asked);
  const isDistributed = await areDistributed(knex, found);
  const schema = citus || isDistributed ? await distributedSchema(knex, found) : found;
  const hasTables = !schema.isOwn || (recorded.length === 0 && (isDistributed || (await hasOwnTables(knex, found))));
  if (!recorded.includes(BOOKKEEPING_MIGRATION)) {
    await refuseOtherTables(knex, schema, hasTables || recorded.length > 0);
  }
  // A view would be noticed only by the triggers, after the first migrations have been committed.
  await catalogued(knex, (open) => withBaseTables({ ...open, schema }));
  if (!schema.isOwn) await refuseMissingColumns(knex, schema);
  if (schema.isOwn) await dialectOf(knex).connections.settle(knex);
  const applied = pendingOf(schema, recorded);
  // With nothing to do, an account that may only read needs no right to lock.
  if (applied.length > 0) await knex.migrate.latest(migrationConfig(schema, hasTables));
  await createTriggers(knex, schema, hasTables || recorded.length > 0);
  const missingIndexes = await createIndexes(knex, schema);
  return { schema: schema.name, applied, pending: [], missingIndexes, citus: await readCitus(knex, schema) };
}

/** The names of the applied and the pending migrations. Creates nothing. */
export async function migrationStatus(knex: Knex, asked: string | undefined): Promise<MigrationStatus> {
  const { schema, recorded } = await findTables(knex, asked);
  const pending = pendingOf(schema, recorded);
  return { schema: schema.name, applied: recorded, pending, missingIndexes: [], citus: await readCitus(knex, schema) };
}

function pendingOf(schema: Schema, recorded: readonly string[]): string[] {
  return migrationNames(schema).filter((name) => !recorded.includes(name));
}

function migrationLocked(cause: unknown): DatabaseError {
  const lock = `${BOOKKEEPING.migrations}_lock`;
  return new DatabaseError(
    "DATABASE_BUSY",
    "another migration of this database is running, or was killed",
    `Wait for it to finish. If there is none, release its lock with: update ${lock} set is_locked = 0`,
    { cause },
  );
}
