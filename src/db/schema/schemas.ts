import { UsageError } from "../../core/errors.ts";
import { isMigrated } from "./migration-source.ts";
import { nativeSchema } from "./native.ts";
import { obcmsSchema } from "./obcms.ts";
import type { DatabaseKind, Schema } from "./schema.ts";

/** Every schema, the program's own first. */
const SCHEMAS: Readonly<Record<DatabaseKind, readonly Schema[]>> = {
  sqlite: [nativeSchema, obcmsSchema("sqlite")],
  postgres: [nativeSchema, obcmsSchema("postgres")],
};

/** As --schema takes them. */
export const SCHEMA_NAMES = SCHEMAS.sqlite.map(({ name }) => name);

/** @throws UsageError if there is none of that name */
export function schemaNamed(name: string, database: DatabaseKind): Schema {
  const schema = SCHEMAS[database].find((known) => known.name === name);
  if (schema !== undefined) return schema;
  throw new UsageError(`there is no schema "${name}"`, `The schemas are: ${SCHEMA_NAMES.join(", ")}`);
}

/** The schemas of other applications. */
export function foreignSchemas(database: DatabaseKind): readonly Schema[] {
  return SCHEMAS[database].filter(({ isOwn }) => !isOwn);
}

/** The schema for which a database has been set up; the program's own if its migrations do not say. */
export function schemaOfMigrations(applied: readonly string[], database: DatabaseKind): Schema {
  return foreignSchemas(database).find((schema) => isMigrated(schema, applied)) ?? nativeSchema;
}
