import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import type { Statement } from "../dialect/statement.ts";
import type { ExpectedIndex } from "../schema/schema.ts";

/** The expected indexes that the database lacks. Indexes are compared by their columns, not by name. */
export async function findMissingIndexes(session: Session): Promise<ExpectedIndex[]> {
  const rows = await read<{ code: string; name: string }>(session, "read", missingIndexesQuery(session));
  const missing = new Set(rows.map(({ code, name }) => `${code} ${name}`));
  return session.schema.indexes.filter((index) =>
    missing.has(`${tableName(session, index)} ${index.columns.join(",")}`),
  );
}

/**
 * Returns table, columns and CREATE INDEX statement of each missing index. An expected index is present if its columns
 * are the first columns of an index of the table that contains the same rows.
 */
export function missingIndexesQuery(session: Session): Statement {
  const { expressions, catalog } = session.dialect;
  const rows = session.schema.indexes.map((index) => [
    tableName(session, index),
    index.columns.join(","),
    Number(index.isPartial),
    index.createIndex,
  ]);
  const source = expressions.rowsFromJson([
    ["table_name", "text"],
    ["columns", "text"],
    ["partial", "integer"],
    ["statement", "text"],
  ]);
  const sql = `select expected.table_name as code, expected.columns as name, expected.statement
     from (select * from ${source}) expected
    where not exists (
      select 1 from (${catalog.indexes}) present
       where present.table_name = expected.table_name and present.partial = expected.partial
         and substr(present.columns || ',', 1, length(expected.columns) + 1) = expected.columns || ',')
    order by 1, 2`;
  return { sql, bindings: [JSON.stringify(rows)] };
}

function tableName({ schema }: Session, { table }: ExpectedIndex): string {
  return schema.tables[table].name;
}
