import type { CommunityRecord } from "../records/community.ts";
import { communityDifferences } from "../records/community.ts";
import { type CoverageRecord, coverageColumns } from "../records/coverage.ts";
import type { UnitChange, UnitValue, ValueChange } from "../sync/unit-change.ts";

/** A change to keep with its run. */
export interface KeptChange extends UnitChange {
  /** Id of the barangay, municipality or province. */
  unitId: number;
  /** Whether only the sync of the run changes the unit; false where absent. */
  isSynced?: boolean;
  /** The whole row as JSON by own column, where it is removed from the table of an application. */
  removedRow?: string;
}

type Fields = Record<string, ValueChange>;

/** The change between two states of a community, of which one at most is missing. */
export function communityChange(before: CommunityRecord, after: CommunityRecord, removedRow?: string): KeptChange {
  const flag = (record: CommunityRecord) => (record.values === null ? null : record.archived);
  return {
    level: "community",
    unitId: before.barangayId,
    code: before.code,
    name: before.name,
    parent: before.municipality,
    province: before.province,
    action: before.values === null ? "created" : after.values === null ? "removed" : "updated",
    fields: {
      ...flagChange("is_deleted", flag(before), flag(after), false),
      ...communityDifferences(before.values, after.values),
    },
    ...(removedRow === undefined ? {} : { removedRow }),
  };
}

/** The change between two states of a coverage, of which the first may be missing. */
export function coverageChange(before: CoverageRecord, after: CoverageRecord): KeptChange {
  const { level, unitId, code, name, parent } = before;
  const value = (record: CoverageRecord, column: string) => record.coverage?.values[column] ?? null;
  const fields: Fields = {
    ...flagChange("is_deleted", before.coverage?.archived ?? null, after.coverage?.archived ?? null, false),
    ...flagChange("auto_sync", isAutomatic(before), isAutomatic(after), true),
  };
  for (const column of coverageColumns(level)) {
    const [stored, now] = [value(before, column), value(after, column)];
    if (stored !== now) fields[column] = { before: stored, after: now };
  }
  return { level, unitId, code, name, parent, action: before.coverage === null ? "created" : "updated", fields };
}

function isAutomatic({ coverage }: CoverageRecord): UnitValue {
  return coverage === null ? null : !coverage.manual;
}

/** The flag of a unit that is created or removed is only of interest where it is not the default. */
function flagChange(column: string, before: UnitValue, after: UnitValue, byDefault: boolean): Fields {
  if (before === after) return {};
  if ((before === null && after === byDefault) || (after === null && before === byDefault)) return {};
  return { [column]: { before, after } };
}
