import type { RunRecordStatement } from "../dialect/run-record.ts";
import type { Statement } from "../dialect/statement.ts";
import { BOOKKEEPING, NEXT_RUN } from "../schema/bookkeeping.ts";

/**
 * One statement that records a run, returns its id and deletes the entries that it covers: those visible to the plan's snapshot, and
 * those that the current transaction added before the plan. An entry of a transaction that this server has not begun yet
 * comes from another server, by a restored dump, and is deleted as well.
 *
 * Runs are numbered without gaps. If another run has been committed since the transaction's snapshot, its number is taken
 * but not visible, so the statement fails: see `explained` in statements.ts.
 */
export function runRecord({ row, covered }: RunRecordStatement): Statement {
  const { runs, changeLog } = BOOKKEEPING;
  const columns = Object.keys(row);
  const insert = `insert into ${runs} (id, ${columns.join(", ")})
    values (${NEXT_RUN}, ${columns.map(() => "?").join(", ")}) returning id`;
  if (covered === null) return { sql: insert, bindings: Object.values(row) };
  const { where } = covered;
  const [snapshot, newest] = covered.watermark.split("/");
  const sql = `with cleared as (
      delete from ${changeLog} entry
       where (pg_visible_in_snapshot(entry.transaction_id, ?::pg_snapshot)
              or entry.transaction_id = pg_current_xact_id() and entry.id <= ?
              or entry.transaction_id <> pg_current_xact_id() and entry.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
         ${where === null ? "" : `and (${where.sql})`})
    ${insert}`;
  return { sql, bindings: [snapshot, newest, ...(where?.bindings ?? []), ...Object.values(row)] };
}
