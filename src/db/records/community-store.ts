import type { Knex } from "knex";
import type { CommunityValues } from "../../core/records/community.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";

/** Adds a community. @param now ISO 8601 in UTC */
export async function insertCommunity(
  transaction: Knex.Transaction,
  barangayId: number,
  values: CommunityValues,
  now: string,
): Promise<void> {
  const row = { barangay_id: barangayId, ...values, created_at: now, updated_at: now };
  await send(transaction, "write", transaction(TABLES.communities).insert(row));
}

/** Changes what is given and leaves the rest. @param now ISO 8601 in UTC */
export async function updateCommunity(
  transaction: Knex.Transaction,
  barangayId: number,
  values: CommunityValues & { is_deleted?: boolean; deleted_at?: string | null },
  now: string,
): Promise<void> {
  const query = transaction(TABLES.communities)
    .where("barangay_id", barangayId)
    .update({ ...values, updated_at: now });
  await send(transaction, "write", query);
}

export async function deleteCommunity(transaction: Knex.Transaction, barangayId: number): Promise<void> {
  await send(transaction, "write", transaction(TABLES.communities).where("barangay_id", barangayId).delete());
}
