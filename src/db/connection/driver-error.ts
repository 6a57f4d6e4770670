import { DatabaseError } from "../../core/errors.ts";

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The driver's message. Knex prefixes it with the statement and " - ". */
export function driverMessage(error: unknown): string {
  // A host with several addresses: the error of each attempt.
  if (error instanceof AggregateError) return driverMessage(error.errors[0]);
  return error instanceof Error ? error.message.replace(/^.* - /s, "") : "";
}

export function notMigrated(database: string): DatabaseError {
  return new DatabaseError(
    "DATABASE_NOT_MIGRATED",
    `the database ${database} lacks the tables of obc-sync, or has those of an older version`,
    "Run: obc-sync migrate",
  );
}

/** Without the bookkeeping, obc-sync has not been set up. Every other table was there when it was. */
export function lacksTable(database: string, table: string, cause: unknown): DatabaseError {
  if (table.startsWith("obc_sync_")) return notMigrated(database);
  return new DatabaseError("SCHEMA_INCOMPLETE", `the database ${database} lacks the table ${table}`, NEW_TABLES, {
    cause,
  });
}

/** @param column as the driver names it */
export function lacksColumn(database: string, column: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "DATABASE_NOT_MIGRATED",
    `the tables of ${database} lack the column ${column}`,
    "Run: obc-sync migrate. It upgrades the tables of obc-sync, or names the table of another application that lacks the column.",
    { cause },
  );
}

/** What to do where an application has changed its tables. */
export const NEW_TABLES =
  "If a migration of an application has removed or renamed it, undo that, or install a version of obc-sync that knows the new tables.";

/** A constraint or a trigger of the tables does not allow what the program writes. */
export function rowRefused(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the tables of ${database} do not allow a row that is to be written: ${driverMessage(cause)}`,
    "Nothing was written. If a migration of an application has added a column: a new row has the empty value of the type there, unless the column has a default in the database that its constraints allow.",
    { cause },
  );
}

/** ON CONFLICT names a column that is not unique. */
export function lacksKey(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the tables of ${database} may have several communities for one barangay, or several coverages for one unit`,
    "Nothing was written. obc-sync needs a unique constraint on barangay_id of the communities, municipality_id of the municipality coverages and province_id of the province coverages: in Django a OneToOneField, not a ForeignKey.",
    { cause },
  );
}

export function mayNotWrite(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "DATABASE_READ_ONLY",
    `no permission to write to the database ${database}: ${driverMessage(cause)}`,
    "Use an account that may write. verify, analyze and sync --dry-run do not write. The dry run of an import or a revert does, and rolls back.",
    { cause },
  );
}

export function diskFull(message: string, hint: string, cause: unknown): DatabaseError {
  return new DatabaseError("DATABASE_FULL", message, `${hint} Nothing was written. Then run the command again.`, {
    cause,
  });
}
