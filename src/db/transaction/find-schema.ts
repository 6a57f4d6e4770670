import { DatabaseError } from "../../core/errors.ts";
import type { OpenTransaction } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
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
  const lackedBy = (schema: Schema) => tableNames(schema).filter((name) => !present.has(name));
  const isMostlyThere = (schema: Schema) =>
    present.has(schema.tables.obc_communities.name) || lackedBy(schema).length < TABLE_NAMES.length / 2;
  const schema = schemas.find(isMostlyThere);
  if (schema === undefined) return null;
  const missing = lackedBy(schema);
  if (missing.length === 0) return schema;
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the database has tables of ${schema.name}, but lacks ${missing.join(", ")}`,
    "Run the migrations of that application first, or check the search path of the account.",
  );
}

/**
 * The names of schemas of PostgreSQL that have the communities of another application, outside the search path.
 *
 * @returns none on SQLite
 */
export async function findElsewhere(open: OpenTransaction): Promise<string[]> {
  const { catalog, expressions, name } = open.dialect;
  const names = foreignSchemas(name).map(({ tables }) => [tables.obc_communities.name]);
  const rows = await read<{ place: string }>(open, "control", {
    sql: `select place from (${catalog.hiddenTables}) hidden
      where name in (select name from ${expressions.rowsFromJson([["name", "text"]])})`,
    bindings: [JSON.stringify(names)],
  });
  return rows.map(({ place }) => place);
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

/**
 * @throws DatabaseError if the database has a record of the migrations, but lacks another table of the bookkeeping: what
 * is recorded is not created again
 */
export async function refuseDamaged(session: OpenTransaction): Promise<void> {
  const { migrations, ...others } = BOOKKEEPING;
  const present = await presentTables(session, Object.values(BOOKKEEPING));
  const missing = Object.values(others).filter((name) => !present.has(name));
  if (!present.has(migrations) || missing.length === 0) return;
  throw new DatabaseError(
    "DATABASE_DAMAGED",
    `the database was migrated, but lacks ${missing.join(", ")}`,
    `Somebody has removed it. ${SET_UP_AGAIN}`,
  );
}

/** How to get a complete bookkeeping. */
export const SET_UP_AGAIN =
  "Set obc-sync up again with: obc-sync migrate --remove, then obc-sync migrate and obc-sync sync. Communities and coverages stay; the history of runs is lost.";
