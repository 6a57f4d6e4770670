import type { ValueChange } from "../sync/unit-change.ts";
import type { KeptChange } from "./kept-change.ts";
import { StoredChange } from "./stored-change.ts";

/**
 * One change for each unit: where a sync changed what the run had changed before, the value in between is of no interest.
 *
 * @param direct what the run changed before its sync
 */
export function mergedChanges(direct: readonly KeptChange[], synced: readonly KeptChange[]): readonly KeptChange[] {
  const changed = direct.filter(hasChange);
  if (changed.length === 0) return synced;
  const changes = new Map(changed.map((change) => [keyOf(change), change]));
  for (const later of synced) {
    const earlier = changes.get(keyOf(later));
    changes.set(keyOf(later), earlier === undefined ? later : inOne(earlier, later));
  }
  return [...changes.values()].filter(hasChange);
}

/** A unit that was created or removed need not have a value. */
function hasChange(change: KeptChange): boolean {
  if (change.action !== "updated") return true;
  return change instanceof StoredChange ? !change.isEmpty : Object.keys(change.fields).length > 0;
}

function keyOf({ level, unitId }: KeptChange): string {
  return `${level} ${unitId}`;
}

function inOne(earlier: KeptChange, later: KeptChange): KeptChange {
  const fields = { ...earlier.fields };
  for (const [column, { before, after }] of Object.entries(later.fields)) {
    const known = earlier.fields[column];
    const first = known === undefined ? before : known.before;
    if (first === after) delete fields[column];
    else fields[column] = { before: first, after };
  }
  const { level, unitId, code, name, parent, isSynced = false } = earlier;
  const isCreatedAgain = earlier.action === "removed" && later.action === "created";
  const action = isCreatedAgain ? "updated" : earlier.action;
  if (isCreatedAgain) setDefaultFlags(fields);
  return { level, unitId, code, name, parent, action, fields, isSynced };
}

/** A new coverage has flags as well, which no change of it names. */
function setDefaultFlags(fields: Record<string, ValueChange>): void {
  for (const [flag, after] of Object.entries(DEFAULT_FLAGS)) {
    const before = fields[flag]?.before;
    if (before === after) delete fields[flag];
    else if (before !== undefined) fields[flag] = { before, after };
  }
}

const DEFAULT_FLAGS = { is_deleted: false, auto_sync: true };
