import type { Knex } from "knex";
import * as tables from "../../../migrations/0001_tables.ts";
import * as bookkeeping from "../../../migrations/0002_bookkeeping.ts";
import * as heartbeat from "../../../migrations/0003_heartbeat.ts";
import * as citus from "../../../migrations/citus.ts";
import { BOOKKEEPING } from "./bookkeeping.ts";
import type { Schema } from "./schema.ts";

interface NamedMigration extends Knex.Migration {
  name: string;
}

type Kind = Pick<Schema, "name" | "isOwn" | "distribution">;

/** The names of the migrations of a schema, in order. */
export function migrationNames(schema: Kind): string[] {
  return migrations(schema).map(({ name }) => name);
}

/** The name of the migration that creates the program's bookkeeping. */
export const BOOKKEEPING_MIGRATION = "0002_bookkeeping";

/** The name of the migration that distributes the tables. Only databases that were migrated with --citus have it. */
export const CITUS_MIGRATION = "citus";

/** The name of the migration that records whose the tables are, where they are another application's. */
export function recordOf(schema: string): string {
  return `0001_${schema}`;
}

/**
 * Configures Knex to run the migrations. An application may have its own table knex_migrations in the same database. The
 * names have no file extension, so that the compiled program and the knex command line, which reads the TypeScript
 * sources, record the same names.
 *
 * @param hasTables whether the schema's tables are there already, so that the first migration is only recorded
 */
export function migrationConfig(schema: Kind, hasTables = !schema.isOwn): Knex.MigratorConfig {
  const [first, ...others] = migrations(schema) as [NamedMigration, ...NamedMigration[]];
  const migrationSource: Knex.MigrationSource<NamedMigration> = {
    getMigrations: async () => [hasTables ? onlyRecorded(first) : first, ...others],
    getMigrationName: (migration) => migration.name,
    getMigration: async (migration) => migration,
  };
  return { migrationSource, tableName: BOOKKEEPING.migrations };
}

function migrations(schema: Kind): NamedMigration[] {
  const inOneDatabase = [
    firstMigration(schema),
    { name: BOOKKEEPING_MIGRATION, ...bookkeeping },
    { name: "0003_heartbeat", ...heartbeat },
  ];
  return schema.distribution === null ? inOneDatabase : [...inOneDatabase, { name: CITUS_MIGRATION, ...citus }];
}

/** It creates the program's own tables. For those of another application it only records whose they are. */
function firstMigration({ name, isOwn }: Pick<Kind, "name" | "isOwn">): NamedMigration {
  if (isOwn) return { name: "0001_tables", ...tables };
  return onlyRecorded({ name: recordOf(name) });
}

function onlyRecorded({ name }: Pick<NamedMigration, "name">): NamedMigration {
  return { name, up: async () => {}, down: async () => {} };
}
