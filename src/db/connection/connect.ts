import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import createKnex, { type Knex } from "knex";
import { DatabaseError, ObcSyncError } from "../../core/errors.ts";
import type { StatementCounts } from "../../core/statement-counts.ts";
import { migrationSource } from "../schema/migration-source.ts";
import { type Dialect, postgresDialect, sqliteDialect } from "./dialect.ts";
import { connectionOptions, type DatabaseLocation, describeLocation } from "./location.ts";
import { countStatements } from "./statement-log.ts";

/** An open database: its query builder, its dialect and a count of the statements that were sent to it. */
export interface Database {
  readonly knex: Knex;
  readonly dialect: Dialect;
  /** For messages; never holds a password. */
  readonly name: string;
  statementCounts(): StatementCounts;
}

/** What a command needs of a database. Only `create` makes a file that is not there. */
export type Access = "read" | "write" | "create";

/** How long SQLite waits for a lock by itself; longer waits are ours, so that Ctrl-C is heard. */
const SQLITE_BUSY_TIMEOUT_MS = 100;

/** Knex would print warnings on stdout, where the result goes; whatever it warns of, it throws as well. */
const SILENT: Knex.Logger = { warn() {}, error() {}, deprecate() {}, debug() {} };

/**
 * Opens a database, runs `use` and closes it, whatever happens.
 *
 * @throws DatabaseError with what to do next where the driver's own error would not say it
 */
export async function withDatabase<T>(
  location: DatabaseLocation,
  access: Access,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const name = describeLocation(location);
  if (location.kind === "sqlite") checkFile(location.path, access);
  const knex = createKnex({ ...knexConfig(location, access), log: SILENT });
  const dialect = location.kind === "sqlite" ? sqliteDialect : postgresDialect;
  const statements = countStatements(knex);
  try {
    await connect(knex);
    return await use({ knex, dialect, name, statementCounts: statements.counts });
  } catch (error) {
    if (error instanceof ObcSyncError) throw error;
    throw dialect.explain(error, name) ?? error;
  } finally {
    await knex.destroy();
  }
}

/** Opens the pool's connection now, so that what cannot be reached is told before any work begins. */
async function connect(knex: Knex): Promise<void> {
  await knex.client.releaseConnection(await knex.client.acquireConnection());
}

/** The knex configuration of a location; also what knexfile.ts hands to the plain knex command line. */
export function knexConfig(location: DatabaseLocation, access: Access): Knex.Config {
  const migrations = { migrationSource };
  if (location.kind === "postgres") {
    return {
      client: "pg",
      // Naming a version spares the question for it that knex would ask on each connection; it only decides
      // features that every supported server has.
      version: "12",
      connection: connectionOptions(location.url),
      pool: { min: 0, max: 1 },
      migrations,
    };
  }
  return {
    client: "better-sqlite3",
    connection: { filename: location.path, options: { readonly: access === "read" } },
    useNullAsDefault: true,
    pool: {
      min: 0,
      max: 1,
      afterCreate: (connection: { pragma(text: string): unknown }, done: (error: Error | null) => void) => {
        try {
          connection.pragma(`busy_timeout = ${SQLITE_BUSY_TIMEOUT_MS}`);
          connection.pragma("foreign_keys = on");
          // Staged rows are written once and read in order: a larger cache for them only takes memory.
          connection.pragma("temp.cache_size = -2000");
          if (access === "read") connection.pragma("query_only = on");
          else connection.pragma("journal_mode = wal");
          done(null);
        } catch (error) {
          done(error as Error);
        }
      },
    },
    migrations,
  };
}

function checkFile(path: string, access: Access): void {
  if (!existsSync(path)) {
    if (access === "create") {
      checkFolder(dirname(path));
      return;
    }
    throw new DatabaseError(
      "DATABASE_MISSING",
      `there is no database at ${path}`,
      "Run: obc-sync migrate, or name another with --database.",
    );
  }
  if (!statSync(path).isFile()) {
    throw new DatabaseError(
      "DATABASE_UNREADABLE",
      `${path} is not a file`,
      "Give the path of a SQLite file with --database.",
    );
  }
}

function checkFolder(folder: string): void {
  if (existsSync(folder)) return;
  throw new DatabaseError(
    "DATABASE_MISSING",
    `there is no folder ${folder} to create the database in`,
    "Create it first, or name another path with --database.",
  );
}
