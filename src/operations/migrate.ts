import type { Knex } from "knex";
import type { MigrateReport } from "../core/runs/migrate-report.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { migrationStatus, runMigrations } from "../db/setup/migrate.ts";
import { type OperationOptions, sayNothing } from "./shared/options.ts";

export interface MigrateOptions extends Pick<OperationOptions, "progress"> {
  /**
   * The name of a schema; by default the one whose tables the database has, or the program's own. The tables of another
   * application are left as they are.
   */
  schema?: string | undefined;
  /** Distributes the tables over the nodes of a Citus cluster; false by default. */
  citus?: boolean | undefined;
}

/** Creates the tables, or upgrades them to this version. */
export async function migrate(
  knex: Knex,
  { progress = sayNothing, ...options }: MigrateOptions = {},
): Promise<MigrateReport> {
  progress("Migrating the tables to this version");
  const status = await runMigrations(knex, options);
  return { command: "migrate", database: databaseName(knex), statusOnly: false, ...status };
}

/** Lists the applied and the pending migrations. Changes nothing. */
export async function showMigrations(
  knex: Knex,
  { schema }: Pick<MigrateOptions, "schema"> = {},
): Promise<MigrateReport> {
  const status = await migrationStatus(knex, schema);
  return { command: "migrate", database: databaseName(knex), statusOnly: true, ...status };
}

function databaseName(knex: Knex): string {
  return dialectOf(knex).connections.nameOf(knex);
}
