import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";

/** Whether a scope has neither a community nor a coverage, archived ones included: nothing that could be wrong. */
export async function isEmpty(session: Session, scope: Scope): Promise<boolean> {
  const { relations } = session.schema;
  const query = session.dialect.sql.raw(
    `select 1 as found from ${relations.municipalities} municipality
      where ? and (
        exists (select 1 from ${relations.municipality_coverages} stored where stored.municipality_id = municipality.id)
        or exists (
          select 1 from ${relations.barangays} barangay
            join ${relations.obc_communities} community on community.barangay_id = barangay.id
           where barangay.municipality_id = municipality.id))
     union all
     select 1 from ${relations.province_coverages} stored where ?
     limit 1`,
    [
      inScope({ session, scope }, "municipality", "municipality.id"),
      inScope({ session, scope }, "province", "stored.province_id"),
    ],
  );
  return (await read(session, "read", query)).length === 0;
}
