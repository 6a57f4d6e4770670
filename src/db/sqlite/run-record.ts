import type { RunRecordStatement } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * One statement of SQLite cannot insert into one table and delete from another. The row names the entries that the run
 * covers, and a trigger on the runs table, which knows only the program's own tables, deletes them. The write lock is
 * held since before the plan: what was logged after it are the sync's own writes, which always go.
 */
export function runRecord({ row, covered }: RunRecordStatement): { sql: string; bindings: unknown[] } {
  const { runs, changeLog } = BOOKKEEPING;
  const columns = Object.keys(row);
  const where = covered?.where ?? null;
  const entries =
    covered === null
      ? "null"
      : where === null
        ? "'all'"
        : `(select json_group_array(entry.id) from ${changeLog} entry where entry.id > ? or ${where.sql})`;
  const own = covered === null || where === null ? [] : [Number(covered.watermark), ...where.bindings];
  const sql = `insert into ${runs} (${columns.join(", ")}, covered_entries)
    values (${columns.map(() => "?").join(", ")}, ${entries})`;
  return { sql, bindings: [...Object.values(row), ...own] };
}
