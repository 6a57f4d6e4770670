import type { Knex } from "knex";
import { ConcurrentChangeError } from "../../core/errors.ts";
import type { Level } from "../../core/sync/level.ts";
import { type CoverageValue, isNameList, type PlannedChange } from "../../core/sync/sync-plan.ts";
import type { ColumnType } from "../connection/column-type.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send, tagged } from "../connection/statement-log.ts";
import { LEVELS } from "../schema/tables.ts";

/** What a person may change in a coverage: its flags, and where it is manual its figures. */
export type CoverageUpdate = Record<string, CoverageValue | boolean>;

/** Changes what is given in one coverage, as a person's write and not as sync's. @param now ISO 8601 in UTC */
export async function updateCoverage(
  transaction: Knex.Transaction,
  level: Level,
  unitId: number,
  update: CoverageUpdate,
  now: string,
): Promise<void> {
  const { coverages, key } = LEVELS[level];
  const query = transaction(coverages)
    .where(key, unitId)
    .update({ ...update, updated_at: now });
  await send(transaction, "write", query);
}

/** Adds a manual coverage, with no figures yet. @param now ISO 8601 in UTC */
export async function insertManualCoverage(
  transaction: Knex.Transaction,
  level: Level,
  unitId: number,
  now: string,
): Promise<void> {
  const { coverages, key } = LEVELS[level];
  const row = { [key]: unitId, auto_sync: false, created_at: now, updated_at: now };
  await send(transaction, "write", transaction(coverages).insert(row));
}

/**
 * Writes the planned changes of one level in one statement; nothing is sent where there are none. sync_revision
 * tells the triggers of the change log that the write is sync's own, and tells this one that the row is still as the
 * plan saw it: in a caller's transaction below repeatable read another one may have come between.
 *
 * @param columns the computed columns of the level, parallel to each change's `after`
 * @param now ISO 8601 in UTC, for created_at and updated_at
 * @throws ConcurrentChangeError where a coverage is no longer as the plan saw it
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
      const { unitId, revision, after } = changes[index] as PlannedChange;
      return [unitId, (revision ?? 0) + 1, ...after];
    },
  };
  const typedColumns = [[key, "integer"], ["sync_revision", "integer"], ...typed] as const;
  const source = await dialect.sourceOfRows(transaction, `planned_${coverages}`, typedColumns, rows);
  const names = [key, "sync_revision", ...columns].join(", ");
  const sql = `insert into ${coverages} (${names}, created_at, updated_at)
    select ${names}, ?, ? from ${source.sql} where true
    on conflict (${key}) do update set
      ${columns.map((column) => `${column} = excluded.${column}`).join(", ")},
      updated_at = excluded.updated_at, sync_revision = excluded.sync_revision
    where ${coverages}.auto_sync and not ${coverages}.is_deleted
      and ${coverages}.sync_revision + 1 = excluded.sync_revision`;
  const result = await transaction.raw(tagged("write", sql), [now, now, ...source.bindings]);
  const written: number = result.rowCount ?? result.changes;
  if (written !== changes.length) throw new ConcurrentChangeError(changes.length - written);
}
