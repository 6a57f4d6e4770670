import type { Knex } from "knex";
import * as tables from "../../../migrations/0001_tables.ts";
import * as bookkeeping from "../../../migrations/0002_bookkeeping.ts";
import * as changeCapture from "../../../migrations/0003_change_capture.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";

interface NamedMigration extends Knex.Migration {
  name: string;
}

const MIGRATIONS: readonly NamedMigration[] = [
  { name: "0001_tables", ...tables },
  { name: "0002_bookkeeping", ...bookkeeping },
  { name: "0003_change_capture", ...changeCapture },
];

export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);

/**
 * The names have no file extension, so that the compiled program and the knex command line, which reads the TypeScript
 * sources, record the same names.
 */
export const migrationSource: Knex.MigrationSource<NamedMigration> = {
  getMigrations: async () => [...MIGRATIONS],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => migration,
};

/** Configures Knex to run the migrations. An application may have its own table knex_migrations in the same database. */
export const migrationConfig: Knex.MigratorConfig = { migrationSource, tableName: BOOKKEEPING.migrations };
