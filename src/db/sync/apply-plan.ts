import type { Knex } from "knex";
import type { Level } from "../../core/sync/level.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Dialect } from "../connection/dialect.ts";
import { writeCoverages } from "../records/coverage-store.ts";

/**
 * Writes a plan in the transaction that it was computed in: one statement a level, none where nothing changes.
 *
 * @param now ISO 8601 in UTC, for created_at and updated_at
 */
export async function applyPlan(
  transaction: Knex.Transaction,
  dialect: Dialect,
  plan: SyncPlan,
  now: string,
): Promise<void> {
  for (const level of ["municipality", "province"] satisfies Level[]) {
    const changes = plan.changes.filter((change) => change.level === level);
    await writeCoverages(transaction, dialect, level, plan.columns[level], changes, now);
  }
}
