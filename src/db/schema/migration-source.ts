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

/**
 * The names have no file ending, so that the compiled program and the knex command line, which reads the TypeScript
 * sources, agree on which migrations were run.
 */
export const migrationSource: Knex.MigrationSource<NamedMigration> = {
  getMigrations: async () => [...MIGRATIONS],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => migration,
};

/** What Knex needs to run the migrations. Their own table stands beside an application's knex_migrations. */
export const migrationConfig: Knex.MigratorConfig = { migrationSource, tableName: BOOKKEEPING.migrations };
