import { DatabaseError } from "../../core/errors.ts";
import { migrationNames } from "./migration-source.ts";
import type { Schema } from "./schema.ts";

/**
 * Checks that the migrations of a database are those of this version, before anything relies on its tables.
 *
 * @throws DatabaseError if migrations are missing, or if a newer version has added some
 */
export function checkMigrations(schema: Schema, applied: readonly string[]): void {
  refuseUnknown(schema, applied);
  const missing = migrationNames(schema).filter((name) => !applied.includes(name));
  if (missing.length > 0) {
    throw new DatabaseError(
      "DATABASE_NOT_MIGRATED",
      `the tables are those of an older version of obc-sync: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing`,
      "Run: obc-sync migrate",
    );
  }
}

/** @throws DatabaseError if another version has added migrations */
export function refuseUnknown(schema: Schema, applied: readonly string[]): void {
  const known = migrationNames(schema);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new DatabaseError(
    "DATABASE_NEWER",
    `the database was migrated by another version of obc-sync: this one does not know ${unknown.join(", ")}`,
    "Install the newer version: npm install obc-sync@latest",
  );
}
