import type { Knex } from "knex";
import { COMMUNITY_COLUMNS, type CommunityRecord, type CommunityValues } from "../../core/records/community.ts";
import type { Session } from "../connection/session.ts";
import { writeOne } from "../connection/statements.ts";
import { newRow, ownColumn, ownRow, valuesAsRead } from "../schema/schema.ts";
import { rowAsRead } from "./row-as-read.ts";

/** Adds a community. @param now ISO 8601 in UTC @returns its values, with those of columns that cannot be null */
export async function insertCommunity(
  session: Session,
  barangayId: number,
  values: CommunityValues,
  now: string,
): Promise<CommunityValues> {
  const { sql } = session.dialect;
  const row = { barangay_id: barangayId, ...values, created_at: now, updated_at: now };
  const query = sql(session.schema.tables.obc_communities.name).insert(
    newRow({ schema: session.schema, sql }, "obc_communities", row),
  );
  await writeOne(session, query, "the community");
  const all = { ...Object.fromEntries(COMMUNITY_COLUMNS.map((column) => [column, null])), ...values };
  const stored = Object.entries(valuesAsRead(session.schema, "obc_communities", all));
  return Object.fromEntries(stored.filter(([column, value]) => column in values || value !== null));
}

/** Changes only the columns given. @param now ISO 8601 in UTC */
export async function updateCommunity(
  session: Session,
  community: StoredRow,
  values: CommunityValues & { is_deleted?: boolean; deleted_at?: string | null },
  now: string,
): Promise<void> {
  const { schema, dialect } = session;
  const row = ownRow({ schema, sql: dialect.sql }, "obc_communities", { ...values, updated_at: now });
  await writeOne(session, rowOf(session, community).update(row), "the community");
}

export async function deleteCommunity(session: Session, community: StoredRow): Promise<void> {
  await writeOne(session, rowOf(session, community).delete(), "the community");
}

/** A community as it was read. */
type StoredRow = Pick<CommunityRecord, "barangayId" | "version">;

function rowOf(session: Session, { barangayId, version }: StoredRow): Knex.QueryBuilder {
  const table = session.schema.tables.obc_communities;
  return rowAsRead(session, table.name, ownColumn(table, "barangay_id"), barangayId, version);
}
