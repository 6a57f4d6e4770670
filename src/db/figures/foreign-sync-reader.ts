import type { ForeignSync } from "../../core/figures/as-of.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";
import { municipalitiesWithParents } from "../places/place-joins.ts";

/**
 * The municipalities of a scope in which a sync after a run found communities changed: by another program, or by an import
 * without a sync. Which communities it were no run tells. Ordered by code, each with the first of these runs.
 */
export function readForeignSyncs(session: Session, scope: Scope, run: number): Promise<ForeignSync[]> {
  const { sql } = session.dialect;
  const { runs, runValues } = session.schema.bookkeeping;
  const query = municipalitiesWithParents(session)
    .join(sql.raw(`${runValues} as kept`), "kept.unit_id", "municipality.id")
    .join(sql.raw(`${runs} as run`), "run.id", "kept.run_id")
    .where({ "kept.level": "municipality", "kept.synced": 1 })
    .where("kept.run_id", ">", run)
    .whereNull("run.reverts")
    .where(inScope({ session, scope }, "municipality", "municipality.id"))
    .whereRaw(
      `not exists (select 1 from ${runValues} direct where direct.run_id = kept.run_id and direct.level = 'community')`,
    )
    .groupBy("municipality.id", "municipality.code", "municipality.name", "province.name")
    .select({ code: "municipality.code", municipality: "municipality.name", province: "province.name" })
    .min({ run: "kept.run_id" })
    .orderBy("municipality.code");
  return read<ForeignSync>(session, "read", query);
}
