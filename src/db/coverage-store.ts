import type { Knex } from "knex";
import { isNameList, type Level, type PlannedChange } from "../core/sync-plan.ts";
import type { ColumnType, Dialect } from "./dialect.ts";
import { tagged } from "./statement-log.ts";
import { LEVELS } from "./tables.ts";

/**
 * Writes the planned changes of one level in one statement; nothing is sent where there are none. sync_revision
 * tells the triggers of the change log that the write is sync's own.
 *
 * @param columns the computed columns of the level, parallel to each change's `after`
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function writeCoverages(
  transaction: Knex.Transaction,
  dialect: Dialect,
  level: Level,
  columns: readonly string[],
  changes: readonly PlannedChange[],
  now: string,
): Promise<void> {
  if (changes.length === 0) return;
  const { coverages, key } = LEVELS[level];
  const typed = columns.map((column): [string, ColumnType] => [column, isNameList(column) ? "text" : "bigint"]);
  const rows = {
    count: changes.length,
    at: (index: number) => {
      const { unitId, after } = changes[index] as PlannedChange;
      return [unitId, ...after];
    },
  };
  const source = await dialect.sourceOfRows(transaction, `planned_${coverages}`, [[key, "integer"], ...typed], rows);
  const names = [key, ...columns].join(", ");
  const sql = `insert into ${coverages} (${names}, created_at, updated_at, sync_revision)
    select ${names}, ?, ?, 1 from ${source.sql} where true
    on conflict (${key}) do update set
      ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}, updated_at = excluded.updated_at,
      sync_revision = ${coverages}.sync_revision + 1
    where ${coverages}.auto_sync and not ${coverages}.is_deleted`;
  await transaction.raw(tagged("write", sql), [now, now, ...source.bindings]);
}
