import { LEVELS } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn } from "../schema/schema.ts";

export interface SampleUnits {
  municipality: { code: string; name: string };
  province: { code: string; name: string };
  region: { code: string; name: string };
}

/** The municipality with the most communities, and the units above it; null if there is no geography. */
export async function readSampleUnits(session: Session): Promise<SampleUnits | null> {
  const { regions, provinces, municipalities, barangays, obc_communities } = session.schema.relations;
  const [row] = await read<Record<string, string>>(session, "bookkeeping", {
    sql: `select m.code as m_code, m.name as m_name, p.code as p_code, p.name as p_name, r.code as r_code, r.name as r_name
       from ${municipalities} m
       join ${provinces} p on p.id = m.province_id
       join ${regions} r on r.id = p.region_id
       left join (select b.municipality_id, count(*) as communities
                    from ${obc_communities} c join ${barangays} b on b.id = c.barangay_id
                   where not c.is_deleted group by b.municipality_id) n on n.municipality_id = m.id
      order by coalesce(n.communities, 0) desc, m.code limit 1`,
    bindings: [],
  });
  if (row === undefined) return null;
  const unit = (prefix: string) => ({ code: String(row[`${prefix}_code`]), name: String(row[`${prefix}_name`]) });
  return { municipality: unit("m"), province: unit("p"), region: unit("r") };
}

/**
 * Changes every automatic coverage in scope, so that a sync must write them all. Use it in a transaction that is rolled
 * back.
 */
export async function putOutOfDate(session: Session, scope: Scope): Promise<void> {
  for (const level of LEVELS) {
    const { coverages, key } = COVERAGE_TABLES[level];
    const table = session.schema.tables[coverages];
    const own = (column: string) => ownColumn(table, column);
    const total = own("total_obc_communities");
    const update = session.dialect.sql.raw(
      `update ${table.name} set ${total} = ${total} + 1 where ${own("auto_sync")} and not ${own("is_deleted")} and ?`,
      [inScope({ session, scope }, level, own(key))],
    );
    await write(session, "control", update);
  }
  // Otherwise the measured sync would also delete the entries that this update logged.
  await write(session, "control", { sql: `delete from ${BOOKKEEPING.changeLog}`, bindings: [] });
}

/** Changes a figure of `count` communities, spread over the country. The triggers log them. */
export async function changeCommunities(session: Session, count: number): Promise<void> {
  const table = session.schema.tables.obc_communities;
  const own = (column: string) => ownColumn(table, column);
  const households = own("households");
  await write(session, "control", {
    sql: `update ${table.name} set ${households} = coalesce(${households}, 0) + 1
      where ${households} is distinct from 2147483647 and ${own("barangay_id")} in (
        select barangay_id from (
          select barangay_id, row_number() over (order by barangay_id) as position, count(*) over () as total
            from ${session.schema.relations.obc_communities} community where not is_deleted) numbered
         where position % (case when total > ? then total / ? else 1 end) = 0 limit ?)`,
    bindings: [count, count, count],
  });
}
