import { UsageError } from "../../core/errors.ts";
import { citusSchema } from "./citus.ts";
import { CITUS_MIGRATION, recordOf } from "./migration-source.ts";
import { nativeSchema } from "./native.ts";
import { obcmsSchema } from "./obcms.ts";
import type { DatabaseKind, Schema } from "./schema.ts";

/** How to make each schema, the program's own first. */
const SCHEMAS: Readonly<Record<string, (database: DatabaseKind) => Schema>> = {
  native: () => nativeSchema,
  obcms: obcmsSchema,
};

/** As --schema takes them. */
export const SCHEMA_NAMES = Object.keys(SCHEMAS);

/** Each is made when it is first needed, and once: plans are kept by their schema. */
const made = new Map<string, Schema>();

/** @throws UsageError if there is none of that name */
export function schemaNamed(name: string, database: DatabaseKind): Schema {
  const make = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (make === undefined) {
    throw new UsageError(`there is no schema "${name}"`, `The schemas are: ${SCHEMA_NAMES.join(", ")}`);
  }
  const key = `${database} ${name}`;
  const schema = made.get(key) ?? make(database);
  made.set(key, schema);
  return schema;
}

/** The schemas of other applications. */
export function foreignSchemas(database: DatabaseKind): Schema[] {
  return SCHEMA_NAMES.map((name) => schemaNamed(name, database)).filter(({ isOwn }) => !isOwn);
}

/** The schema for which a database has been set up; the program's own if its migrations do not say. */
export function schemaOfMigrations(applied: readonly string[], database: DatabaseKind): Schema {
  if (applied.includes(CITUS_MIGRATION)) return citusSchema;
  const name = SCHEMA_NAMES.find((known) => applied.includes(recordOf(known)));
  return schemaNamed(name ?? nativeSchema.name, database);
}
