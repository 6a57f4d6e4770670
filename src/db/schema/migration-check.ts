import { DatabaseError } from "../../core/errors.ts";
import { MIGRATION_NAMES } from "./migration-source.ts";

/**
 * Checks that the migrations of a database are those of this version, before anything relies on its tables.
 *
 * @throws DatabaseError if migrations are missing, or if a newer version has added some
 */
export function checkMigrations(applied: readonly string[]): void {
  refuseUnknown(applied);
  const missing = MIGRATION_NAMES.filter((name) => !applied.includes(name));
  if (missing.length > 0) {
    throw new DatabaseError(
      "DATABASE_NOT_MIGRATED",
      `the tables are those of an older version of obc-sync: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing`,
      "Run: obc-sync migrate",
    );
  }
}

/** @throws DatabaseError if another version has added migrations */
export function refuseUnknown(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length === 0) return;
  throw new DatabaseError(
    "DATABASE_NEWER",
    `the database was migrated by another version of obc-sync: this one does not know ${unknown.join(", ")}`,
    "Install the newer version: npm install obc-sync@latest",
  );
}
