import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import type { TableName } from "../schema/schema.ts";

/** Name and version of the database. */
export async function readVersion(session: Session): Promise<string> {
  const query = { sql: session.dialect.catalog.version, bindings: [] };
  const [row] = await read<{ version: string }>(session, "bookkeeping", query);
  return row?.version ?? session.dialect.name;
}

/** Counts the rows of each table, in one read. */
export async function countRows(session: Session): Promise<Record<string, number>> {
  const { relations } = session.schema;
  const { oldNames, runs, changeLog } = session.schema.bookkeeping;
  const own = [
    [BOOKKEEPING.oldNames, oldNames],
    [BOOKKEEPING.runs, runs],
    [BOOKKEEPING.changeLog, changeLog],
  ];
  const counts = [...Object.entries(relations), ...own].map(
    ([name, relation]) => `(select count(*) from ${relation} counted) as ${name}`,
  );
  const query = { sql: `select ${counts.join(", ")}`, bindings: [] };
  const [row] = await read<Record<TableName, number | string>>(session, "bookkeeping", query);
  return Object.fromEntries(Object.entries(row ?? {}).map(([table, count]) => [table, Number(count)]));
}
