import type { Knex } from "knex";
import { DatabaseError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import type { Session } from "../connection/session.ts";

/**
 * The row of a base table, if it is still as it was read. In a read committed transaction of the caller, another one may
 * have changed it in between: what the history keeps would then not be what the statement replaces.
 *
 * @param version null where the row cannot change
 * @throws DatabaseError if the id is not exact as a number: the row would not be found
 */
export function rowAsRead(
  { dialect: { sql, expressions } }: Session,
  table: string,
  key: string,
  id: number,
  version: string | null,
): Knex.QueryBuilder {
  if (!Number.isSafeInteger(id)) {
    throw new DatabaseError(
      "SCHEMA_INCOMPLETE",
      `the ${key} ${id} of ${table} is larger than ${grouped(Number.MAX_SAFE_INTEGER)}, the largest id that obc-sync can write to`,
      "Nothing was written. Give the place another id, or change the row in the application.",
    );
  }
  const row = sql(table).where(key, id);
  return version === null ? row : row.whereRaw(expressions.isAsRead(table, "(?)"), [version]);
}
