import { ConcurrentChangeError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import type { PlannedChange } from "../../core/sync/planned-change.ts";
import { isNameList, type SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import type { ColumnType } from "../dialect/columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { otherColumns } from "../schema/other-columns.ts";
import { type BaseTable, ownColumn, refuseNewRow } from "../schema/schema.ts";

/**
 * Writes a plan in the transaction that computed it, with one statement for each level that changes.
 *
 * @param now ISO 8601 in UTC, for created_at and updated_at
 * @throws ConcurrentChangeError if a coverage has changed since the plan was read; DatabaseError before anything is
 * written, if the plan creates a coverage and its table needs a value that nothing can stand for
 */
export async function applyPlan(session: Session, plan: SyncPlan, now: string): Promise<void> {
  const writes = LEVELS.map((level) => levelWrite(session, plan, level)).filter(({ changes }) => changes.length > 0);
  for (const { table, given, changes } of writes) {
    if (changes.some(({ action }) => action === "created")) refuseNewRow(table, given);
  }
  for (const write of writes) await writeLevel(session, write, now);
}

/** What to write of a plan in one table. */
interface LevelWrite {
  table: BaseTable;
  changes: readonly PlannedChange[];
  key: string;
  columns: Array<[name: string, type: ColumnType]>;
  stamps: { createdAt: string; updatedAt: string };
  /** The own names of all these columns. */
  given: string[];
}

function levelWrite({ schema }: Session, plan: SyncPlan, level: Level): LevelWrite {
  const { coverages, key: nativeKey } = COVERAGE_TABLES[level];
  const table = schema.tables[coverages];
  const own = (column: string) => ownColumn(table, column);
  const key = own(nativeKey);
  const columns = plan.columns[level].map((column): [string, ColumnType] => [
    own(column),
    isNameList(column) ? "text" : "bigint",
  ]);
  const stamps = { createdAt: own("created_at"), updatedAt: own("updated_at") };
  return {
    table,
    changes: plan.changes.filter((change) => change.level === level),
    key,
    columns,
    stamps,
    given: [key, ...columns.map(([name]) => name), ...Object.values(stamps)],
  };
}

async function writeLevel(
  session: Session,
  { table, changes, key, columns, stamps, given }: LevelWrite,
  now: string,
): Promise<void> {
  const statement = await session.dialect.statements.coverageWrite(session.transaction, {
    table: table.name,
    key,
    columns,
    values: [key, ...columns.map(([name]) => name)].map((name) => plannedValue(table, name)),
    others: otherColumns(table, given, { own: key, value: `planned.${key}` }),
    own: { ...stamps, autoSync: ownColumn(table, "auto_sync"), isDeleted: ownColumn(table, "is_deleted") },
    stampsUpdates: session.schema.stampsUpdates,
    rows: {
      count: changes.length,
      at: (index) => {
        const { unitId, version, values } = changes[index] as PlannedChange;
        return [unitId, version, ...values];
      },
    },
    now: session.schema.timestamp(now),
  });
  const written = await write(session, "write", statement);
  if (written !== changes.length)
    throw new ConcurrentChangeError(`${grouped(changes.length - written)} of ${grouped(changes.length)} coverages`);
}

/** A figure that is blank in every coverage has a value all the same where its column is NOT NULL. */
function plannedValue({ fill }: BaseTable, column: string): string {
  const literal = fill[column];
  return literal === undefined ? `planned.${column}` : `coalesce(planned.${column}, ${literal})`;
}
