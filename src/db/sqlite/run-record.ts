import type { RunRecordStatement } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * In SQLite, one statement cannot insert into one table and delete from another. The row lists the entries that the run
 * covers, and a trigger on the runs table, which uses only the program's own tables, deletes them. Entries newer than the
 * plan are the sync's own, because it holds the write lock; they are always deleted.
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
