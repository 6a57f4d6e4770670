import { DatabaseError } from "../../core/errors.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type BaseTable, type Schema, TABLE_NAMES } from "../schema/schema.ts";

/** A column that an INSERT must fill, and its type; one that a sequence fills, and how; or a view. */
interface CatalogRow {
  kind: "required" | "generated" | "view";
  table_name: string;
  name: string;
  detail: string;
}

/**
 * Completes the base tables of a schema from the catalog: `fill` with every column that is NOT NULL without a default, and
 * `generated`. A list in the schema would miss the columns that a later version of the application adds.
 *
 * @throws DatabaseError if a table that has triggers is a view
 */
export async function withBaseTables(session: Session): Promise<Schema> {
  const { schema, dialect } = session;
  const { catalog, expressions } = dialect;
  const among = `in (select name from ${expressions.rowsFromJson([["name", "text"]])})`;
  const names = JSON.stringify(TABLE_NAMES.map((table) => [schema.tables[table].name]));
  const rows = await read<CatalogRow>(session, "control", {
    sql: `select 'required' as kind, table_name, name, type as detail from (${catalog.requiredColumns}) required
       where table_name ${among}
      union all
      select 'generated', table_name, name, value from (${catalog.generatedColumns}) generated where table_name ${among}
      union all
      select 'view', name, '', '' from (${catalog.views}) present where name ${among}`,
    bindings: [names, names, names],
  });
  refuseViews(session, rows);
  const completed = (table: BaseTable): BaseTable => {
    const columnsOf = (kind: CatalogRow["kind"]) =>
      rows.filter((row) => row.kind === kind && row.table_name === table.name);
    const literal = ({ name, detail }: CatalogRow) => table.fill[name] ?? catalog.emptyLiteral(detail);
    const generated = columnsOf("generated").filter(({ name }) => table.otherKeys.includes(name));
    return {
      ...table,
      fill: Object.fromEntries(columnsOf("required").map((row) => [row.name, literal(row)])),
      generated: Object.fromEntries(generated.map(({ name, detail }) => [name, detail])),
    };
  };
  const tables = Object.fromEntries(TABLE_NAMES.map((table) => [table, completed(schema.tables[table])]));
  return { ...schema, tables: tables as Schema["tables"] };
}

function refuseViews({ schema, dialect }: Session, rows: readonly CatalogRow[]): void {
  const views = rows.filter(({ kind }) => kind === "view").map(({ table_name }) => table_name);
  if (views.length === 0) return;
  const withTriggers = new Set(dialect.capture.triggers(schema).map(({ table }) => table));
  const refused = views.filter((view) => withTriggers.has(view));
  if (refused.length === 0) return;
  const inPlace = refused.length === 1 ? "a view in place of a table" : "views in place of tables";
  throw new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `the database has ${inPlace} of ${schema.name}: ${refused.join(", ")}`,
    "Nothing was written. obc-sync needs the table itself under this name, for the triggers that log changes: name the database that has it with --database, or on PostgreSQL put its schema first in the search path of the account.",
  );
}
