import { ConcurrentChangeError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import type { PlannedChange } from "../../core/sync/planned-change.ts";
import { isNameList, type SyncPlan } from "../../core/sync/sync-plan.ts";
import type { ColumnType } from "../connection/dialect.ts";
import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { filledBeside, ownColumn } from "../schema/schema.ts";

/**
 * Writes a plan in the transaction that computed it, with one statement for each level that changes.
 *
 * @param now ISO 8601 in UTC, for created_at and updated_at
 * @throws ConcurrentChangeError if a coverage has changed since the plan was read
 */
export async function applyPlan(session: Session, plan: SyncPlan, now: string): Promise<void> {
  for (const level of LEVELS) {
    const changes = plan.changes.filter((change) => change.level === level);
    if (changes.length > 0) await writeLevel(session, level, plan.columns[level], changes, now);
  }
}

async function writeLevel(
  session: Session,
  level: Level,
  columns: readonly string[],
  changes: readonly PlannedChange[],
  now: string,
): Promise<void> {
  const { coverages, key } = COVERAGE_TABLES[level];
  const table = session.schema.tables[coverages];
  const own = (column: string) => ownColumn(table, column);
  const stamps = {
    autoSync: own("auto_sync"),
    isDeleted: own("is_deleted"),
    createdAt: own("created_at"),
    updatedAt: own("updated_at"),
  };
  const statement = await session.dialect.statements.coverageWrite(session.transaction, {
    table: table.name,
    key: own(key),
    columns: columns.map((column): [string, ColumnType] => [own(column), isNameList(column) ? "text" : "bigint"]),
    generated: table.generated,
    fill: filledBeside(table, [own(key), ...columns.map(own), stamps.createdAt, stamps.updatedAt]),
    own: stamps,
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
