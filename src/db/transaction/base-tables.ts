import { DatabaseError } from "../../core/errors.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type BaseTable, type Schema, TABLE_NAMES } from "../schema/schema.ts";

/** A column that an INSERT must fill. A view has one row, without a column. */
interface CatalogRow {
  table_name: string;
  name: string | null;
  type: string;
}

/**
 * Completes the `fill` of a schema's base tables from the catalog: every column that is NOT NULL without a default. A list
 * in the schema would miss the columns that a later version of the application adds.
 *
 * @throws DatabaseError if a table that has triggers is a view
 */
export async function withBaseTables(session: Session): Promise<Schema> {
  const { schema, dialect } = session;
  const { catalog, expressions } = dialect;
  const among = `in (select name from ${expressions.rowsFromJson([["name", "text"]])})`;
  const names = JSON.stringify(TABLE_NAMES.map((table) => [schema.tables[table].name]));
  const rows = await read<CatalogRow>(session, "control", {
    sql: `select table_name, name, type from (${catalog.requiredColumns}) required where table_name ${among}
      union all select name, null, null from (${catalog.views}) present where name ${among}`,
    bindings: [names, names],
  });
  refuseViews(
    session,
    rows.filter(({ name }) => name === null).map(({ table_name }) => table_name),
  );
  const completed = (table: BaseTable): BaseTable => {
    const literal = (name: string, type: string) => table.fill[name] ?? catalog.emptyLiteral(type);
    const fill = rows.flatMap(({ table_name, name, type }) =>
      name !== null && table_name === table.name ? [[name, literal(name, type)]] : [],
    );
    return { ...table, fill: Object.fromEntries(fill) };
  };
  const tables = Object.fromEntries(TABLE_NAMES.map((table) => [table, completed(schema.tables[table])]));
  return { ...schema, tables: tables as Schema["tables"] };
}

function refuseViews({ schema, dialect }: Session, views: readonly string[]): void {
  const withTriggers = new Set(dialect.capture.triggers(schema).map(({ table }) => table));
  const refused = views.filter((view) => withTriggers.has(view));
  if (refused.length === 0) return;
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the database has ${refused.length === 1 ? "a view" : "views"} in place of ${refused.length === 1 ? "a table" : "tables"} of ${schema.name}: ${refused.join(", ")}`,
    "Nothing was written. obc-sync needs the table itself under this name, for the triggers that log changes: name the database that has it with --database, or on PostgreSQL put its schema first in the search path of the account.",
  );
}
