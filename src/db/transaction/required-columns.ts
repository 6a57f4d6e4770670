import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { type BaseTable, type Schema, TABLE_NAMES } from "../schema/schema.ts";

interface RequiredColumn {
  table_name: string;
  name: string;
  type: string;
}

/**
 * Completes the `fill` of another application's tables from the catalog: every column that is NOT NULL without a default.
 * A list in the schema would miss the columns that a later version of the application adds.
 */
export async function withRequiredColumns(session: Session): Promise<Schema> {
  const { schema, dialect } = session;
  const source = dialect.expressions.rowsFromJson([["name", "text"]]);
  const columns = await read<RequiredColumn>(session, "control", {
    sql: `select table_name, name, type from (${dialect.catalog.requiredColumns}) required
      where table_name in (select name from ${source})`,
    bindings: [JSON.stringify(TABLE_NAMES.map((table) => [schema.tables[table].name]))],
  });
  const completed = (table: BaseTable): BaseTable => {
    const required = columns.filter(({ table_name }) => table_name === table.name);
    const literal = ({ name, type }: RequiredColumn) => table.fill[name] ?? dialect.catalog.emptyLiteral(type);
    return { ...table, fill: Object.fromEntries(required.map((column) => [column.name, literal(column)])) };
  };
  const tables = Object.fromEntries(TABLE_NAMES.map((table) => [table, completed(schema.tables[table])]));
  return { ...schema, tables: tables as Schema["tables"] };
}
