import { DatabaseError } from "../../core/errors.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type Schema, TABLE_NAMES } from "../schema/schema.ts";
import { foreignSchemas } from "../schema/schemas.ts";

/**
 * The other application whose tables a database has; null if there is none.
 *
 * @throws DatabaseError if it has only some of them
 */
export async function findForeignSchema(session: OpenTransaction): Promise<Schema | null> {
  const schemas = foreignSchemas(session.dialect.name);
  const present = await presentTables(session, schemas.flatMap(tableNames));
  const schema = schemas.find(({ tables }) => present.has(tables.obc_communities.name));
  if (schema === undefined) return null;
  const missing = tableNames(schema).filter((name) => !present.has(name));
  if (missing.length === 0) return schema;
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the database has the table ${schema.tables.obc_communities.name} of ${schema.name}, but lacks ${missing.join(", ")}`,
    "Run the migrations of that application first, or check the search path of the account.",
  );
}

function tableNames({ tables }: Schema): string[] {
  return TABLE_NAMES.map((table) => tables[table].name);
}

/** Those of the names that are tables or views of the database. */
export async function presentTables(session: OpenTransaction, names: readonly string[]): Promise<Set<string>> {
  const { catalog, expressions } = session.dialect;
  const rows = await read<{ name: string }>(session, "control", {
    sql: `select name from (${catalog.tables}) present where name in (select name from ${expressions.rowsFromJson([["name", "text"]])})`,
    bindings: [JSON.stringify(names.map((name) => [name]))],
  });
  return new Set(rows.map(({ name }) => name));
}
