import type { Knex } from "knex";
import { migrationSource } from "./migration-source.ts";

const MIGRATION_TABLE = "knex_migrations";

/** Runs every migration that the database lacks, each in its own transaction. Returns their names. */
export async function runMigrations(knex: Knex): Promise<string[]> {
  const [, applied] = (await knex.migrate.latest()) as [number, string[]];
  return applied;
}

/** Names of the migrations that were run and that are still to run, without creating anything. */
export async function migrationStatus(knex: Knex): Promise<{ applied: string[]; pending: string[] }> {
  const names = (await migrationSource.getMigrations([])).map((migration) => migration.name);
  const known = (await knex.schema.hasTable(MIGRATION_TABLE))
    ? await knex(MIGRATION_TABLE).pluck<string[]>("name")
    : [];
  const applied = names.filter((name) => known.includes(name));
  return { applied, pending: names.filter((name) => !known.includes(name)) };
}
