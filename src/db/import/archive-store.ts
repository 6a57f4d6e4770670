import type { Knex } from "knex";
import type { Scope } from "../../core/sync/scope.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send, tagged } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";
import { STAGED } from "./staging-store.ts";

/** An active community of a scope that the staged file does not have. */
export interface MissingCommunity {
  barangay_id: number;
  municipality_id: number;
  code: string;
  name: string;
  municipality: string;
}

/** The active communities of a scope, how many there are and which the staged file does not have. */
export async function findMissing(
  transaction: Knex.Transaction,
  dialect: Dialect,
  scope: Exclude<Scope, { kind: "all" }>,
): Promise<{ active: number; missing: MissingCommunity[] }> {
  const inScope = `from ${TABLES.communities} stored
         join ${TABLES.barangays} barangay on barangay.id = stored.barangay_id
         join ${TABLES.municipalities} municipality on municipality.id = barangay.municipality_id
        where not stored.is_deleted
          and barangay.municipality_id in (select id from ${dialect.idsFromJson} as ids)`;
  const ids = JSON.stringify(scope.municipalityIds);
  const [counted] = await send<{ active: number | string }>(
    transaction,
    "bookkeeping",
    transaction.raw(`select count(*) as active ${inScope}`, [ids]),
  );
  const missing = await send<MissingCommunity>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select stored.barangay_id, barangay.municipality_id, barangay.code, barangay.name, municipality.name as municipality
         ${inScope}
          and stored.barangay_id not in (select barangay_id from ${STAGED})
        order by barangay.code`,
      [ids],
    ),
  );
  return { active: Number(counted?.active), missing };
}

/** @param now ISO 8601 in UTC, for deleted_at and updated_at */
export async function archiveCommunities(
  transaction: Knex.Transaction,
  dialect: Dialect,
  barangayIds: readonly number[],
  now: string,
): Promise<void> {
  if (barangayIds.length === 0) return;
  await transaction.raw(
    tagged(
      "write",
      `update ${TABLES.communities} set is_deleted = true, deleted_at = ?, updated_at = ?
        where barangay_id in (select id from ${dialect.idsFromJson} as ids)`,
    ),
    [now, now, JSON.stringify(barangayIds)],
  );
}

/**
 * The municipalities of the staged rows, and these besides, as the scope of the sync that follows. They are one set:
 * through two of them, with "or" between, PostgreSQL would search for each municipality.
 */
export async function readTouchedScope(
  transaction: Knex.Transaction,
  dialect: Dialect,
  municipalityIds: readonly number[],
): Promise<Scope> {
  const rows = await send<{ code: string; municipality_id: number; province_id: number }>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select municipality.code, municipality.id as municipality_id, municipality.province_id
       from ${TABLES.municipalities} municipality
      where municipality.id in (
        select barangay.municipality_id
          from ${STAGED} staged
          join ${TABLES.barangays} barangay on barangay.id = staged.barangay_id
         union
        select id from ${dialect.idsFromJson} as ids)
      order by municipality.code`,
      [JSON.stringify(municipalityIds)],
    ),
  );
  return {
    kind: "municipality",
    units: rows.map((row) => row.code),
    municipalityIds: rows.map((row) => row.municipality_id),
    provinceIds: [...new Set(rows.map((row) => row.province_id))],
  };
}
