import type { Scope } from "../../core/sync/scope.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import type { Statement } from "../dialect/statement.ts";
import { coveredEntries } from "./covered-entries.ts";

/**
 * Deletes the entries of distributed communities that a run covers. Nothing in one database, where the statement that
 * records the run deletes them.
 *
 * The transaction has one snapshot of each node, and an entry is on the node of its community: the statement deletes
 * exactly the entries of changes that the plan has seen.
 */
export async function clearCommunityLog(session: Session, plan: SyncPlan): Promise<void> {
  const { schema, dialect } = session;
  const covered = coveredEntries(session, plan);
  if (schema.distribution === null || covered === null) return;
  const { communityLog } = schema.distribution;
  const conditions = [covered.where, inPlan(session, plan.scope)].filter((condition) => condition !== null);
  if (conditions.length === 0) {
    await write(session, "bookkeeping", { sql: `delete from ${communityLog}`, bindings: [] });
    return;
  }
  // Only the coordinator can tell whose entries they are: a node would have to correlate its log with the places.
  const ids = await coveredBarangays(session, conditions);
  if (ids.length === 0) return;
  await write(session, "bookkeeping", {
    sql: `delete from ${communityLog} where ${dialect.expressions.among("barangay_id", ids.length)}`,
    bindings: [dialect.expressions.boundIds(ids)],
  });
}

/**
 * Leaves the entries of other municipalities, if the scope is that of an earlier time: a saved plan's. No entry tells
 * whether it was there at that time.
 */
function inPlan({ dialect, schema }: Session, scope: Scope): Statement | null {
  if (scope.kind !== "changed") return null;
  const { among, boundIds } = dialect.expressions;
  const { municipalityIds } = scope;
  return {
    sql: `not exists (select 1 from ${schema.relations.barangays} barangay
      where barangay.id = entry.barangay_id and not (${among("barangay.municipality_id", municipalityIds.length)}))`,
    bindings: [boundIds(municipalityIds)],
  };
}

async function coveredBarangays(session: Session, conditions: readonly Statement[]): Promise<number[]> {
  const rows = await read<{ barangay_id: number }>(session, "bookkeeping", {
    sql: `select distinct entry.barangay_id from ${session.schema.bookkeeping.changeLog} entry
      where entry.barangay_id is not null and ${conditions.map(({ sql }) => sql).join(" and ")}`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  });
  return rows.map(({ barangay_id }) => barangay_id);
}
