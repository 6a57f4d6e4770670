import type { Knex } from "knex";
import type { Scope } from "../../core/sync/scope.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send, tagged } from "../connection/statement-log.ts";
import { LEVELS, TABLES } from "../schema/tables.ts";

export interface SampleUnits {
  municipality: { code: string; name: string };
  province: { code: string; name: string };
  region: { code: string; name: string };
}

/** The municipality with the most communities, and the units above it; null where there is no geography. */
export async function readSampleUnits(transaction: Knex.Transaction): Promise<SampleUnits | null> {
  const [row] = await send<Record<string, string>>(
    transaction,
    "bookkeeping",
    transaction.raw(
      `select m.code as m_code, m.name as m_name, p.code as p_code, p.name as p_name, r.code as r_code, r.name as r_name
         from ${TABLES.municipalities} m
         join ${TABLES.provinces} p on p.id = m.province_id
         join ${TABLES.regions} r on r.id = p.region_id
         left join (select b.municipality_id, count(*) as communities
                      from ${TABLES.communities} c join ${TABLES.barangays} b on b.id = c.barangay_id
                     where not c.is_deleted group by b.municipality_id) n on n.municipality_id = m.id
        order by coalesce(n.communities, 0) desc, m.code limit 1`,
    ),
  );
  if (row === undefined) return null;
  const unit = (prefix: string) => ({ code: String(row[`${prefix}_code`]), name: String(row[`${prefix}_name`]) });
  return { municipality: unit("m"), province: unit("p"), region: unit("r") };
}

/**
 * Makes every automatic coverage of a scope wrong, so that a sync has all of them to write. For a transaction that
 * is rolled back.
 */
export async function putOutOfDate(transaction: Knex.Transaction, dialect: Dialect, scope: Scope): Promise<void> {
  for (const level of ["municipality", "province"] as const) {
    const { coverages, key } = LEVELS[level];
    const ids = scope.kind === "all" ? [] : scope[`${level}Ids`];
    const [within, bindings] =
      scope.kind === "all" ? ["true", []] : [dialect.among(key, ids.length), [dialect.boundIds(ids)]];
    // Raising sync_revision keeps the change log out of it: what is measured is the sync and not the triggers.
    const sql = `update ${coverages} set total_obc_communities = total_obc_communities + 1, sync_revision = sync_revision + 1
      where auto_sync and not is_deleted and ${within}`;
    await transaction.raw(tagged("control", sql), bindings);
  }
}

/** Changes the figure of this many communities, spread over the country; the triggers log them. */
export async function changeCommunities(transaction: Knex.Transaction, count: number): Promise<void> {
  const sql = `update ${TABLES.communities} set households = coalesce(households, 0) + 1
    where households is distinct from 2147483647 and barangay_id in (
      select barangay_id from (
        select barangay_id, row_number() over (order by barangay_id) as position, count(*) over () as total
          from ${TABLES.communities} where not is_deleted) numbered
       where position % (case when total > ? then total / ? else 1 end) = 0 limit ?)`;
  await transaction.raw(tagged("control", sql), [count, count, count]);
}
