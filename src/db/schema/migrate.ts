import type { Knex } from "knex";
import { DatabaseError } from "../../core/errors.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import { refuseUnknown } from "./migration-check.ts";
import { MIGRATION_NAMES, migrationConfig } from "./migration-source.ts";
import { nativeSchema } from "./native.ts";

/**
 * Runs all pending migrations, each in its own transaction. Returns their names.
 *
 * @throws DatabaseError if another version has migrated the database, or other tables have the names that they create
 */
export async function runMigrations(knex: Knex): Promise<string[]> {
  const recorded = await recordedMigrations(knex);
  refuseUnknown(recorded);
  if (recorded.length === 0) await refuseOtherTables(knex);
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
  const applied = await recordedMigrations(knex);
  refuseUnknown(applied);
  return { applied, pending: MIGRATION_NAMES.filter((name) => !applied.includes(name)) };
}

async function recordedMigrations(knex: Knex): Promise<string[]> {
  if (!(await knex.schema.hasTable(BOOKKEEPING.migrations))) return [];
  return knex(BOOKKEEPING.migrations).orderBy("id").pluck<string[]>("name");
}

/** Creating some tables and failing at others would leave pieces in somebody's database. */
async function refuseOtherTables(knex: Knex): Promise<void> {
  const { migrations: _ownRecord, ...bookkeeping } = BOOKKEEPING;
  const existing: string[] = [];
  for (const name of [
    ...Object.values(nativeSchema.tables).map((table) => table.name),
    ...Object.values(bookkeeping),
  ]) {
    if (await knex.schema.hasTable(name)) existing.push(name);
  }
  if (existing.length === 0) return;
  throw new DatabaseError(
    "TABLES_EXIST",
    `the database already has tables with the names that migrate creates: ${existing.join(", ")}`,
    "Nothing was created. Name another database with --database.",
  );
}
