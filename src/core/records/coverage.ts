import { UsageError } from "../errors.ts";
import { FIELDS, isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import { grouped } from "../grouped.ts";
import type { Level, LevelUnit } from "../sync/level.ts";
import type { CoverageValue } from "../sync/planned-change.ts";
import { isNameList, municipalityColumns, provinceColumns } from "../sync/sync-plan.ts";
import { isStorableText, onlyGiven, refuseValue } from "./given-values.ts";

/** A municipality or province-level unit with its coverage; null where it has none. */
export interface CoverageRecord extends LevelUnit {
  coverage: CoverageState | null;
  /** Version of the row that was read; null where there is none, or where it is locked. */
  version: string | null;
}

export interface CoverageState {
  /** Every computed column and existing_support_programs. */
  values: Record<string, CoverageValue>;
  manual: boolean;
  archived: boolean;
}

export type CoverageAction = "archive" | "restore" | "auto" | "manual" | "set";

/** The one text column that people write; sync never does. */
export const SUPPORT_PROGRAMS = "existing_support_programs";

/** Every column of a coverage that holds a value, ordered as in the table. */
export function coverageColumns(level: Level): string[] {
  const computed = level === "municipality" ? municipalityColumns(FIELDS) : provinceColumns(FIELDS);
  return [...computed, SUPPORT_PROGRAMS];
}

/** Values to write to a coverage, as a program passes them: a column that is undefined is absent. */
export type PassedCoverageValues = Readonly<Record<string, CoverageValue | undefined>>;

/**
 * The values to write, of those that a caller of the library passed. undefined means "not given". The database is not
 * enough of a check: SQLite would store 1.5 in an integer column.
 *
 * @param maxFigure the largest figure that a coverage can hold
 * @throws UsageError naming an unknown column, or a column, its value and the values that it takes
 */
export function givenCoverageValues(
  level: Level,
  passed: PassedCoverageValues,
  maxFigure = MAX_COVERAGE_FIGURE,
): Record<string, CoverageValue> {
  const values = onlyGiven(passed);
  const columns = coverageColumns(level);
  const foreign = Object.keys(passed).filter((column) => !columns.includes(column));
  if (foreign.length > 0) {
    throw new UsageError(`the coverage of a ${level} has no ${foreign.join(", ")}`, `It has: ${columns.join(", ")}`);
  }
  for (const [column, value] of Object.entries(values)) {
    const takes = coverageColumnTakes(column, value, maxFigure);
    if (takes !== null) refuseValue(column, value, takes);
  }
  return values as Record<string, CoverageValue>;
}

/** What a column takes, if it does not take a value; null if it does. */
export function coverageColumnTakes(column: string, value: unknown, maxFigure: number): string | null {
  const isText = column === SUPPORT_PROGRAMS || isNameList(column);
  const mayBeNull = column === SUPPORT_PROGRAMS || isField(column);
  const fits = isText
    ? isStorableText(value)
    : Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxFigure;
  if (fits || (mayBeNull && value === null)) return null;
  const takes = isText ? "text" : `a whole number from 0 to ${grouped(maxFigure)}`;
  return mayBeNull ? `${takes}, or null` : takes;
}

/** How much of a coverage's figure the level below accounts for. */
export interface Reconciliation {
  field: string;
  /** Null where the coverage leaves the figure blank. */
  total: number | null;
  /** Sum over the level below: communities for a municipality, municipality coverages for a province. */
  attributed: number;
  /** total - attributed; null where the total is. */
  unattributed: number | null;
  /** attributed / total: above 1 where the parts exceed the coverage; null where the total is 0 or null. */
  attributionRate: number | null;
}

/** Compares the stored figures of a coverage with the sums of the level below. */
export function reconcile(
  values: Record<string, CoverageValue>,
  beneath: Record<string, number>,
  fields: readonly string[],
): Reconciliation[] {
  return fields.map((field) => {
    const value = values[field] ?? null;
    const attributed = beneath[field] ?? 0;
    if (value === null) return { field, total: null, attributed, unattributed: null, attributionRate: null };
    const total = Number(value);
    const attributionRate = total === 0 ? null : attributed / total;
    return { field, total, attributed, unattributed: total - attributed, attributionRate };
  });
}
