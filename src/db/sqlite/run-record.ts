import type { CoveredEntries, RunRecordStatement } from "../dialect/run-record.ts";
import type { Statement } from "../dialect/statement.ts";
import { BOOKKEEPING, NEXT_RUN } from "../schema/bookkeeping.ts";

/**
 * In SQLite, one statement cannot insert into one table and delete from another. The row lists the entries that the run
 * covers, and a trigger on the runs table, which uses only the program's own tables, deletes them: entries up to the
 * plan's watermark, and the sync's own entries after it. What somebody's trigger wrote meanwhile stays.
 */
export function runRecord({ row, covered }: RunRecordStatement): Statement {
  const values = Object.entries(row);
  const columns = ["id", ...values.map(([column]) => column), "covered_through", "covered_entries"];
  const { through, entries, bindings } = covered === null ? NOTHING : columnsOf(covered);
  const sql = `insert into ${BOOKKEEPING.runs} (${columns.join(", ")})
    values (${NEXT_RUN}, ${values.map(() => "?, ").join("")}?, ${entries}) returning id`;
  return { sql, bindings: [...values.map(([, value]) => value), through, ...bindings] };
}

const NOTHING = { through: null, entries: "null", bindings: [] };

function columnsOf({ watermark, where, written }: CoveredEntries) {
  const own = `entry.id > ? and (entry.municipality_id in (select value from json_each(?))
      or entry.province_id in (select value from json_each(?)))`;
  const ownBindings = [Number(watermark), JSON.stringify(written.municipality), JSON.stringify(written.province)];
  const list = (condition: string) =>
    `(select json_group_array(entry.id) from ${BOOKKEEPING.changeLog} entry where ${condition})`;
  if (where === null) return { through: Number(watermark), entries: list(own), bindings: ownBindings };
  return {
    through: null,
    entries: list(`entry.id <= ? and ${where.sql} or ${own}`),
    bindings: [Number(watermark), ...where.bindings, ...ownBindings],
  };
}
