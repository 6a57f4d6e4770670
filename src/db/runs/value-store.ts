import type { KeptChange } from "../../core/runs/kept-change.ts";
import { StoredChange } from "../../core/runs/stored-change.ts";
import { encodeFields } from "../../core/runs/trail-columns.ts";
import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import type { Columns } from "../dialect/columns.ts";
import type { Statement } from "../dialect/statement.ts";
import { BOOKKEEPING, NEXT_RUN } from "../schema/bookkeeping.ts";

const COLUMNS: Columns = [
  ["level", "text"],
  ["unit_id", "bigint"],
  ["code", "text"],
  ["action", "text"],
  ["changes", "text"],
  ["synced", "integer"],
  ["removed_row", "text"],
];

/** Keeps changes, in one statement. `recordRun` must follow in the same transaction: it gives the run its number. */
export async function keepChanges(session: Session, changes: readonly KeptChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { runValues } = BOOKKEEPING;
  const source = await keptSource(session, changes);
  const names = COLUMNS.map(([name]) => name).join(", ");
  await write(session, "bookkeeping", {
    sql: `insert into ${runValues} (run_id, ${names})
      select ${NEXT_RUN}, ${names} from ${source.sql} as kept order by level, unit_id`,
    bindings: source.bindings,
  });
}

/** Changes as a FROM item with the columns of the table that keeps them, without the run. */
export function keptSource(session: Session, changes: readonly KeptChange[]): Promise<Statement> {
  const rows = {
    count: changes.length,
    at: (index: number) => {
      const change = changes[index] as KeptChange;
      const { level, unitId, code, action, isSynced = false, removedRow = null } = change;
      const encoded = change instanceof StoredChange ? change.encoded : encodeFields(action, change.fields);
      return [level, unitId, code, action, encoded, Number(isSynced), removedRow];
    },
  };
  return session.dialect.statements.rowSource(session.transaction, BOOKKEEPING.runValues, COLUMNS, rows);
}
