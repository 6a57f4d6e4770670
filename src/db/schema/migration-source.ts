import type { Knex } from "knex";
import * as tables from "../../../migrations/0001_tables.ts";
import * as bookkeeping from "../../../migrations/0002_bookkeeping.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import type { Schema } from "./schema.ts";

interface NamedMigration extends Knex.Migration {
  name: string;
}

type Kind = Pick<Schema, "name" | "isOwn">;

/** The names of the migrations of a schema, in order. */
export function migrationNames(schema: Kind): string[] {
  return migrations(schema).map(({ name }) => name);
}

/** Whether migrations of this schema have been applied: only the first has a name that depends on it. */
export function isMigrated(schema: Kind, applied: readonly string[]): boolean {
  return applied.includes(firstMigration(schema).name);
}

/**
 * Configures Knex to run the migrations. An application may have its own table knex_migrations in the same database. The
 * names have no file extension, so that the compiled program and the knex command line, which reads the TypeScript
 * sources, record the same names.
 */
export function migrationConfig(schema: Kind): Knex.MigratorConfig {
  const migrationSource: Knex.MigrationSource<NamedMigration> = {
    getMigrations: async () => migrations(schema),
    getMigrationName: (migration) => migration.name,
    getMigration: async (migration) => migration,
  };
  return { migrationSource, tableName: BOOKKEEPING.migrations };
}

function migrations(schema: Kind): NamedMigration[] {
  return [firstMigration(schema), { name: "0002_bookkeeping", ...bookkeeping }];
}

/** The tables of another application are there already: the migration only records whose they are. */
function firstMigration({ name, isOwn }: Kind): NamedMigration {
  if (isOwn) return { name: "0001_tables", ...tables };
  return { name: `0001_${name}`, up: async () => {}, down: async () => {} };
}
