import type { CommunityValues } from "../../core/records/community.ts";
import type { Session } from "../connection/session.ts";
import { writeOne } from "../connection/statements.ts";
import { literalRow, ownColumn, ownRow } from "../schema/schema.ts";

/** Adds a community. @param now ISO 8601 in UTC */
export async function insertCommunity(
  session: Session,
  barangayId: number,
  values: CommunityValues,
  now: string,
): Promise<void> {
  const { sql } = session.dialect;
  const table = session.schema.tables.obc_communities;
  const row = ownRow(table, { barangay_id: barangayId, ...values, created_at: now, updated_at: now });
  await writeOne(session, sql(table.name).insert({ ...literalRow(table, sql), ...row }), "the community");
}

/** Changes only the columns given. @param now ISO 8601 in UTC */
export async function updateCommunity(
  session: Session,
  barangayId: number,
  values: CommunityValues & { is_deleted?: boolean; deleted_at?: string | null },
  now: string,
): Promise<void> {
  const table = session.schema.tables.obc_communities;
  const row = ownRow(table, { ...values, updated_at: now });
  const query = session.dialect.sql(table.name).where(ownColumn(table, "barangay_id"), barangayId).update(row);
  await writeOne(session, query, "the community");
}

export async function deleteCommunity(session: Session, barangayId: number): Promise<void> {
  const table = session.schema.tables.obc_communities;
  const query = session.dialect.sql(table.name).where(ownColumn(table, "barangay_id"), barangayId).delete();
  await writeOne(session, query, "the community");
}
