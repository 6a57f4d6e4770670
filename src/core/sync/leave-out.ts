import type { PlannedChange } from "./planned-change.ts";
import { tooLargeFigures } from "./sync-finding.ts";
import type { SyncPlan } from "./sync-plan.ts";

/**
 * Turns the changes that cannot be stored into findings, so that the others can be written.
 *
 * @param limit the largest figure that a coverage can hold
 */
export function leaveOutTooLarge(plan: SyncPlan, limit: number): SyncPlan {
  const changes: PlannedChange[] = [];
  const counts = { municipality: { ...plan.municipalities }, province: { ...plan.provinces } };
  const findings = [...plan.findings];
  for (const change of plan.changes) {
    const { level, unitId, code, name, parent, action, values } = change;
    const fields = tooLargeFigures(plan.columns[level], values, limit);
    if (fields === null) {
      changes.push(change);
      continue;
    }
    findings.push({ kind: "figure-too-large", level, unitId, code, name, parent, fields, limit });
    counts[level][action] -= 1;
  }
  if (findings.length === plan.findings.length) return plan;
  return { ...plan, changes, municipalities: counts.municipality, provinces: counts.province, findings };
}
