import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { ownColumn, type TableName } from "../schema/schema.ts";

/**
 * Rows of an application's table that are about to be removed, as JSON by own column: they have columns that the program
 * does not know. Nothing where the tables are the program's own.
 *
 * @returns the rows by the id of their place
 */
export async function readWholeRows(
  session: Session,
  name: TableName,
  nativeKey: string,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const { schema, dialect } = session;
  if (schema.isOwn || ids.length === 0) return new Map();
  const table = schema.tables[name];
  const key = ownColumn(table, nativeKey);
  const rows = await read<{ unit_id: number; whole_row?: string }>(session, "bookkeeping", {
    sql: `select stored.${key} as unit_id, ${dialect.expressions.wholeRow("stored")} from ${table.name} stored
      where stored.${key} in (select id from ${dialect.expressions.idsFromJson} as ids)`,
    bindings: [JSON.stringify(ids)],
  });
  return new Map(rows.map(({ unit_id, ...row }) => [unit_id, row.whole_row ?? JSON.stringify(row)]));
}
