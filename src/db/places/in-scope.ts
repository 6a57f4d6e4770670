import type { Knex } from "knex";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";

/**
 * A condition that is true where a municipality or province-level unit is in scope, to bind into a statement.
 *
 * @param id the column with its id
 */
export function inScope({ session, scope }: { session: Session; scope: Scope }, level: Level, id: string): Knex.Raw {
  const { sql, expressions } = session.dialect;
  if (scope.kind === "all") return sql.raw("true");
  const ids = scope[`${level}Ids`];
  return sql.raw(expressions.among(id, ids.length), expressions.boundIds(ids));
}
