import type { Knex } from "knex";
import { DatabaseError } from "../../core/errors.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import { migrationConfig, migrationSource } from "./migration-source.ts";

/** Runs all pending migrations, each in its own transaction. Returns their names. */
export async function runMigrations(knex: Knex): Promise<string[]> {
  try {
    const [, applied] = (await knex.migrate.latest(migrationConfig)) as [number, string[]];
    return applied;
  } catch (error) {
    throw (error as Error).name === "MigrationLocked" ? migrationLocked(error) : error;
  }
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

/** The names of the applied and the pending migrations. Creates nothing. */
export async function migrationStatus(knex: Knex): Promise<{ applied: string[]; pending: string[] }> {
  const names = (await migrationSource.getMigrations([])).map((migration) => migration.name);
  const known = (await knex.schema.hasTable(BOOKKEEPING.migrations))
    ? await knex(BOOKKEEPING.migrations).pluck<string[]>("name")
    : [];
  const applied = names.filter((name) => known.includes(name));
  return { applied, pending: names.filter((name) => !known.includes(name)) };
}
