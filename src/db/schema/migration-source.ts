import type { Knex } from "knex";
import * as tables from "../../../migrations/0001_tables.ts";
import * as runLog from "../../../migrations/0002_run_log.ts";
import * as changeLog from "../../../migrations/0003_change_log.ts";
import * as oldNames from "../../../migrations/0004_old_names.ts";

interface NamedMigration extends Knex.Migration {
  name: string;
}

const MIGRATIONS: readonly NamedMigration[] = [
  { name: "0001_tables", ...tables },
  { name: "0002_run_log", ...runLog },
  { name: "0003_change_log", ...changeLog },
  { name: "0004_old_names", ...oldNames },
];

/**
 * Names migrations without a file ending, so that the compiled program and the plain knex command line, which
 * reads the TypeScript sources, agree on what has been run.
 */
export const migrationSource: Knex.MigrationSource<NamedMigration> = {
  getMigrations: async () => [...MIGRATIONS],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => migration,
};
