import { DatabaseError } from "../../core/errors.ts";
import { COMMUNITY_TEXT_COLUMNS } from "../../core/fields.ts";
import type { TextRule, TextRules } from "../../core/records/text-rules.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type BaseTable, ownColumn, type Schema, TABLE_NAMES } from "../schema/schema.ts";

/** A column that an INSERT can set, or a view: then the table's name only. */
interface CatalogRow {
  table_name: string;
  name: string | null;
  type: string;
  expression: string | null;
  is_required: number;
  is_unique: number;
  is_reference: number;
}

/**
 * The session with the columns of an application's base tables from the catalog. A list in the schema would miss the columns
 * that a later version of the application adds, or makes NOT NULL.
 */
export async function withColumns(session: Session): Promise<Session> {
  return session.schema.isOwn ? session : { ...session, schema: completedSchema(session, await readCatalog(session)) };
}

/**
 * The same for writes.
 *
 * @throws DatabaseError if a table that has triggers is a view
 */
export async function withBaseTables(session: Session): Promise<Session> {
  const rows = await readCatalog(session);
  refuseViews(
    session,
    rows.filter(({ name }) => name === null).map(({ table_name }) => table_name),
  );
  return { ...session, schema: completedSchema(session, rows) };
}

function readCatalog({ schema, ...open }: Session): Promise<CatalogRow[]> {
  const { catalog, expressions } = open.dialect;
  const among = `in (select name from ${expressions.rowsFromJson([["name", "text"]])})`;
  const names = JSON.stringify(TABLE_NAMES.map((table) => [schema.tables[table].name]));
  return read<CatalogRow>(open, "control", {
    sql: `select table_name, name, type, expression, is_required, is_unique, is_reference
        from (${catalog.columns}) columns where table_name ${among}
      union all select name, null, null, null, 0, 0, 0 from (${catalog.views}) present where name ${among}`,
    bindings: [names, names],
  });
}

function completedSchema(session: Session, rows: readonly CatalogRow[]): Schema {
  const { schema } = session;
  const columnsOf = ({ name }: BaseTable) =>
    rows.filter((row): row is Column => row.name !== null && row.table_name === name);
  const completedTables = TABLE_NAMES.map((name) => {
    const table = schema.tables[name];
    return [name, completed(session, table, columnsOf(table))];
  });
  const texts = withLengths(schema, columnsOf(schema.tables.obc_communities));
  return { ...schema, texts, tables: Object.fromEntries(completedTables) };
}

type Column = CatalogRow & { name: string };

/** A text that is none of some choices may be as long as its column. SQLite would store a longer one. */
function withLengths({ texts, tables }: Schema, columns: readonly Column[]): TextRules {
  const rules = COMMUNITY_TEXT_COLUMNS.flatMap((native): [string, TextRule][] => {
    const { [native]: rule = {} } = texts;
    const column = columns.find(({ name }) => name === ownColumn(tables.obc_communities, native));
    const length = /char\w*(?: varying)?\((\d+)\)/.exec(column?.type ?? "")?.[1];
    return [[native, length === undefined || rule.choices !== undefined ? rule : { ...rule, longest: Number(length) }]];
  });
  return Object.fromEntries(rules);
}

function completed({ dialect }: Session, table: BaseTable, columns: readonly Column[]): BaseTable {
  const emptyOf = ({ name, type, is_unique, is_reference }: Column) =>
    table.fill[name] ?? (is_unique || is_reference ? null : dialect.catalog.emptyLiteral(type));
  const kindOf = ({ type, is_unique, is_reference }: Column) =>
    [type, ...(is_unique ? ["unique"] : []), ...(is_reference ? ["a reference"] : [])].join(", ");
  const required = columns.filter(({ is_required }) => is_required);
  const filled = required.flatMap((column): [string, string][] => {
    const empty = emptyOf(column);
    return empty === null ? [] : [[column.name, empty]];
  });
  const unfillable = required.filter((column) => emptyOf(column) === null);
  const optional = columns.filter(({ is_required }) => !is_required);
  return {
    ...table,
    fill: Object.fromEntries(filled),
    unfillable: Object.fromEntries(unfillable.map((column) => [column.name, kindOf(column)])),
    optional: Object.fromEntries(optional.map(({ name, expression }) => [name, expression])),
  };
}

function refuseViews({ schema, dialect }: Session, views: readonly string[]): void {
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
