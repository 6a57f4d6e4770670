import type { Level } from "../../core/sync/level.ts";
import type { SyncPlan } from "../../core/sync/sync-plan.ts";
import type { CoveredEntries } from "../connection/dialect.ts";
import type { Session } from "../connection/session.ts";

/** Selects the change log entries that a run of this plan clears: entries of its units that its snapshot contains. */
export function coveredEntries(session: Session, plan: SyncPlan): CoveredEntries | null {
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
