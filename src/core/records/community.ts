import { UsageError } from "../errors.ts";
import {
  COMMUNITY_COORDINATES,
  COMMUNITY_TEXT_COLUMNS,
  type CommunityCoordinate,
  type CommunityTextColumn,
  FIELDS,
  type Field,
  MAX_COMMUNITY_FIGURE,
} from "../fields.ts";
import type { ValueChange } from "../sync/sync-plan.ts";

/** Values to write to a community. A column that is absent keeps its stored value; null clears it. */
export type CommunityValues = { [F in Field | CommunityCoordinate]?: number | null } & {
  [C in CommunityTextColumn]?: string | null;
};

/** Every column of a community that can be set, ordered as in the table. */
export const COMMUNITY_COLUMNS: readonly string[] = [
  ...COMMUNITY_TEXT_COLUMNS,
  ...Object.keys(COMMUNITY_COORDINATES),
  ...FIELDS,
];

/** A barangay with the units above it and its community. */
export interface CommunityRecord {
  barangayId: number;
  code: string;
  name: string;
  municipalityId: number;
  municipalityCode: string;
  municipality: string;
  provinceId: number;
  province: string;
  /** Null where the barangay has no community. */
  values: Record<string, string | number | null> | null;
  archived: boolean;
}

export type CommunityAction = "add" | "set" | "archive" | "restore" | "remove";

/** The columns in which two states of a community differ. All columns of a missing community count as null. */
export function communityDifferences(
  before: CommunityRecord["values"],
  after: CommunityRecord["values"],
): Record<string, ValueChange> {
  const changes = COMMUNITY_COLUMNS.map((column): [string, ValueChange] => [
    column,
    { before: before?.[column] ?? null, after: after?.[column] ?? null },
  ]);
  return Object.fromEntries(changes.filter(([, change]) => change.before !== change.after));
}

/**
 * Checks values that a caller of the library passed.
 *
 * @throws UsageError naming an unknown column, or a column, its value and the values that it takes
 */
export function checkCommunityValues(values: CommunityValues): void {
  for (const [column, value] of Object.entries(values)) {
    if (!COMMUNITY_COLUMNS.includes(column)) {
      throw new UsageError(`a community has no "${column}"`, `It has: ${COMMUNITY_COLUMNS.join(", ")}`);
    }
    if (value === null || value === undefined || (COMMUNITY_TEXT_COLUMNS as readonly string[]).includes(column))
      continue;
    const range = COMMUNITY_COORDINATES[column as CommunityCoordinate];
    const fits =
      range === undefined
        ? Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COMMUNITY_FIGURE
        : Number(value) >= range.min && Number(value) <= range.max;
    if (!fits) {
      const takes = range
        ? `degrees from ${range.min} to ${range.max}`
        : `a whole number from 0 to ${MAX_COMMUNITY_FIGURE}`;
      throw new UsageError(`${column} cannot be ${value}`, `It takes ${takes}, or null.`);
    }
  }
}
