import { UsageError } from "../errors.ts";
import {
  COMMUNITY_COORDINATES,
  COMMUNITY_TEXT_COLUMNS,
  type CommunityCoordinate,
  type CommunityTextColumn,
  FIELDS,
  type Field,
  isField,
  MAX_COMMUNITY_FIGURE,
} from "../fields.ts";
import { grouped } from "../grouped.ts";
import type { ValueChange } from "../sync/unit-change.ts";
import { isStorableText, onlyGiven, refuseValue } from "./given-values.ts";

/** Values to write to a community. A column that is absent keeps its stored value; null clears it. */
export type CommunityValues = { [F in Field | CommunityCoordinate]?: number | null } & {
  [C in CommunityTextColumn]?: string | null;
};

/** The same as a program passes them: a column that is undefined is absent. */
export type PassedCommunityValues = { [Column in keyof CommunityValues]: CommunityValues[Column] | undefined };

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
  /** Version of the row that was read; null where there is none, or where it is locked. */
  version: string | null;
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
 * The values to write, of those that a caller of the library passed. undefined means "not given".
 *
 * @throws UsageError naming an unknown column, or a column, its value and the values that it takes
 */
export function givenCommunityValues(passed: PassedCommunityValues): CommunityValues {
  const values = onlyGiven(passed) as CommunityValues;
  const foreign = Object.keys(passed).find((column) => !COMMUNITY_COLUMNS.includes(column));
  if (foreign !== undefined) {
    throw new UsageError(`a community has no "${foreign}"`, `It has: ${COMMUNITY_COLUMNS.join(", ")}`);
  }
  for (const [column, value] of Object.entries(values)) {
    const takes = communityColumnTakes(column, value);
    if (takes !== null) refuseValue(column, value, takes);
  }
  return values;
}

/** What a column takes, if it does not take a value; null if it does. */
export function communityColumnTakes(column: string, value: unknown): string | null {
  const { fits, takes } = RULES.get(column) as Rule;
  return value === null || fits(value) ? null : `${takes}, or null`;
}

/** The values that a column takes besides null. */
interface Rule {
  fits: (value: unknown) => boolean;
  takes: string;
}

function ruleOf(column: string): Rule {
  if (isField(column)) {
    return {
      fits: (value) => Number.isInteger(value) && isBetween(value, 0, MAX_COMMUNITY_FIGURE),
      takes: `a whole number from 0 to ${grouped(MAX_COMMUNITY_FIGURE)}`,
    };
  }
  if (column in COMMUNITY_COORDINATES) {
    const { min, max } = COMMUNITY_COORDINATES[column as CommunityCoordinate];
    return { fits: (value) => isBetween(value, min, max), takes: `degrees from ${min} to ${max}` };
  }
  return { fits: isStorableText, takes: "text" };
}

/** A national plan asks for a million values. */
const RULES = new Map(COMMUNITY_COLUMNS.map((column) => [column, ruleOf(column)]));

function isBetween(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}
