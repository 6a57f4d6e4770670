import { DatabaseError } from "../../core/errors.ts";

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The driver's own message; Knex puts the whole statement and " - " before it. */
export function driverMessage(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^.* - /s, "") : "";
}

export function notMigrated(database: string): DatabaseError {
  return new DatabaseError(
    "DATABASE_NOT_MIGRATED",
    `the database ${database} does not have obc-sync's tables, or has them from an older version`,
    "Run: obc-sync migrate",
  );
}

export function mayNotWrite(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "DATABASE_READ_ONLY",
    `the database ${database} may not be written: ${driverMessage(cause)}`,
    "Use an account that may write, or look only: sync --dry-run and verify need no more than SELECT.",
    { cause },
  );
}
