import type { MigrateReport } from "../core/runs/migrate-report.ts";
import { type Database, withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { migrationStatus, runMigrations } from "../db/schema/migrate.ts";
import type { CommandContext } from "./context.ts";

/** Creates the database file where there is none, and brings its tables to this version. */
export async function runMigrate({ settings, progress }: CommandContext): Promise<MigrateReport> {
  return withDatabase(parseDatabaseLocation(settings.database), "create", async (database) => {
    progress("Bringing the tables to this version");
    const applied = await runMigrations(database.knex);
    return { command: "migrate", database: database.name, statusOnly: false, applied, pending: [] };
  });
}

/** Says which migrations the database has and which it lacks; changes nothing. */
export async function showMigrations({ settings }: CommandContext): Promise<MigrateReport> {
  const location = parseDatabaseLocation(settings.database);
  return withDatabase(location, "read", async (database: Database) => {
    const status = await migrationStatus(database.knex);
    return { command: "migrate", database: database.name, statusOnly: true, ...status };
  });
}
