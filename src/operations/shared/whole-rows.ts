import type { KeptChange } from "../../core/runs/kept-change.ts";
import type { UnitStep } from "../../core/runs/unit-step.ts";
import { UNIT_LEVELS } from "../../core/sync/unit-change.ts";
import type { Session } from "../../db/connection/session.ts";
import { readWholeRows } from "../../db/records/whole-row.ts";
import { UNIT_TABLES } from "../../db/runs/step-store.ts";

/** The changes that steps make, to keep with their run, with the whole rows that they remove. */
export async function withWholeRows(session: Session, steps: readonly UnitStep[]): Promise<KeptChange[]> {
  const wholeRows = new Map<string, string>();
  for (const level of UNIT_LEVELS) {
    const { table, key } = UNIT_TABLES[level];
    const removed = steps.filter(({ change, action }) => change.level === level && action === "removed");
    const ids = removed.map(({ change }) => change.unitId);
    for (const [id, row] of await readWholeRows(session, table, key, ids)) wholeRows.set(`${level} ${id}`, row);
  }
  return steps.map(({ change, action, fields }) => {
    const { level, unitId, code, name, parent, province, isSynced } = change;
    const removedRow = wholeRows.get(`${level} ${unitId}`);
    const unit = { level, unitId, code, name, parent, province, action, fields, isSynced };
    return removedRow === undefined ? unit : { ...unit, removedRow };
  });
}
