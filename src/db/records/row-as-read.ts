import type { Knex } from "knex";
import type { Session } from "../connection/session.ts";

/**
 * The row of a base table, if it is still as it was read. In a read committed transaction of the caller, another one may
 * have changed it in between: what the history keeps would then not be what the statement replaces.
 *
 * @param version null where the row cannot change
 */
export function rowAsRead(
  { dialect: { sql, expressions } }: Session,
  table: string,
  key: string,
  id: number,
  version: string | null,
): Knex.QueryBuilder {
  const row = sql(table).where(key, id);
  return version === null ? row : row.whereRaw(expressions.isAsRead(table, "(?)"), [version]);
}
