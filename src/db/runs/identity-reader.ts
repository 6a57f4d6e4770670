import { createHash } from "node:crypto";
import type { DatabaseIdentity } from "../../core/plans/saved-plan.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/** Which database this is. A copy of it has another path or name. */
export async function readIdentity(session: Session): Promise<DatabaseIdentity> {
  const { dialect } = session;
  const sql = `select database.name, (select min(migration_time) from ${BOOKKEEPING.migrations}) as since
    from (${dialect.catalog.databaseName}) database`;
  const [row] = await read<{ name: string; since: unknown }>(session, "bookkeeping", { sql, bindings: [] });
  const since = row?.since instanceof Date ? row.since.toISOString() : String(row?.since);
  const name = row?.name ?? "";
  return { kind: dialect.name, name, id: createHash("sha256").update(`${name}\n${since}`).digest("hex") };
}
