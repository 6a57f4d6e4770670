import type { Level } from "../../core/sync/level.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import type { Session } from "../connection/session.ts";
import type { CoveredEntries } from "../dialect/run-record.ts";
import type { Statement } from "../dialect/statement.ts";

/**
 * Selects the change log entries that a run of this plan clears: entries of its units that its snapshot contains, except
 * those that concern a unit that the plan leaves out.
 */
export function coveredEntries(session: Session, plan: SyncPlan): CoveredEntries | null {
  const covered = entriesInScope(session, plan);
  if (covered === null || plan.findings.length === 0) return covered;
  const { sql, bindings } = entriesOfLeftOut(session, plan);
  const where = covered.where ?? { sql: "true", bindings: [] };
  return {
    ...covered,
    where: {
      // Null for an entry without that kind of place, so "not" would not do.
      sql: `((${where.sql}) and (${sql}) is not true)`,
      bindings: [...where.bindings, ...bindings],
    },
  };
}

function entriesInScope(session: Session, plan: SyncPlan): CoveredEntries | null {
  const { dialect, schema } = session;
  const { scope, logWatermark: watermark, stopsAtMunicipalities } = plan;
  if (watermark === null) return null;
  const writtenAt = (level: Level) =>
    plan.changes.filter((change) => change.level === level).map(({ unitId }) => unitId);
  const written = { municipality: writtenAt("municipality"), province: writtenAt("province") };
  // The provinces have not been synced yet, so their entries must stay.
  if (stopsAtMunicipalities) return { watermark, where: { sql: "false", bindings: [] }, written };
  if (scope.kind === "all" || scope.kind === "changed") return { watermark, where: null, written };
  const { among, boundIds } = dialect.expressions;
  const { municipalityIds, provinceIds } = scope;
  const municipality = among("entry.municipality_id", municipalityIds.length);
  const ofBarangay = among("barangay.municipality_id", municipalityIds.length);
  const province = among("entry.province_id", provinceIds.length);
  return {
    watermark,
    written,
    where: {
      sql: `(${municipality} or ${province} or exists (
        select 1 from ${schema.relations.barangays} barangay where barangay.id = entry.barangay_id and ${ofBarangay}))`,
      bindings: [boundIds(municipalityIds), boundIds(provinceIds), boundIds(municipalityIds)],
    },
  };
}

/** The entries of the units that the plan leaves out, and of every place beneath them. */
function entriesOfLeftOut({ dialect, schema }: Session, { findings }: SyncPlan): Statement {
  const { among, boundIds } = dialect.expressions;
  const { municipalities, barangays } = schema.relations;
  const leftOutAt = (level: Level) => findings.filter((finding) => finding.level === level).map(({ unitId }) => unitId);
  const [municipalityIds, provinceIds] = [leftOutAt("municipality"), leftOutAt("province")];
  const isLeftOut = `(${among("municipality.id", municipalityIds.length)}
      or ${among("municipality.province_id", provinceIds.length)})`;
  const [ofMunicipality, ofProvince] = [boundIds(municipalityIds), boundIds(provinceIds)];
  return {
    sql: `${among("entry.province_id", provinceIds.length)}
      or exists (select 1 from ${municipalities} municipality where municipality.id = entry.municipality_id and ${isLeftOut})
      or exists (select 1 from ${barangays} barangay join ${municipalities} municipality
                    on municipality.id = barangay.municipality_id
                  where barangay.id = entry.barangay_id and ${isLeftOut})`,
    bindings: [ofProvince, ofMunicipality, ofProvince, ofMunicipality, ofProvince],
  };
}
