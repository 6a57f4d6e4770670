import type { Knex } from "knex";
import type { MigrateReport } from "../core/runs/migrate-report.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { migrationStatus, runMigrations } from "../db/schema/migrate.ts";
import { type OperationOptions, sayNothing } from "./shared/options.ts";

/** Creates the tables, or upgrades them to this version. */
export async function migrate(
  knex: Knex,
  { progress = sayNothing }: Pick<OperationOptions, "progress"> = {},
): Promise<MigrateReport> {
  progress("Migrating the tables to this version");
  const applied = await runMigrations(knex);
  return { command: "migrate", database: databaseName(knex), statusOnly: false, applied, pending: [] };
}

/** Lists the applied and the pending migrations. Changes nothing. */
export async function showMigrations(knex: Knex): Promise<MigrateReport> {
  return { command: "migrate", database: databaseName(knex), statusOnly: true, ...(await migrationStatus(knex)) };
}

function databaseName(knex: Knex): string {
  return dialectOf(knex).connections.nameOf(knex);
}
