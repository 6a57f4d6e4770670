import { UsageError } from "../errors.ts";
import { FIELDS, isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import type { Level, LevelUnit } from "../sync/level.ts";
import { type CoverageValue, isNameList, municipalityColumns, provinceColumns } from "../sync/sync-plan.ts";

/** A municipality or province-level unit and its coverage. */
export interface CoverageRecord extends LevelUnit {
  coverage: CoverageState | null;
}

export interface CoverageState {
  /** Every computed column and existing_support_programs. */
  values: Record<string, CoverageValue>;
  manual: boolean;
  archived: boolean;
}

export type CoverageAction = "archive" | "restore" | "auto" | "manual" | "set";

/** A note of a person's, beside the figures; sync never writes it. */
export const SUPPORT_PROGRAMS = "existing_support_programs";

/** Every column of a coverage that holds a value, in the order of the table. */
export function coverageColumns(level: Level): string[] {
  const computed = level === "municipality" ? municipalityColumns(FIELDS) : provinceColumns(FIELDS);
  return [...computed, SUPPORT_PROGRAMS];
}

/**
 * Checks values that came from a program: columns that a coverage of this level has not, and values that it may not
 * hold. SQLite by itself would take 1.5.
 *
 * @throws UsageError naming the column, the value and what it takes
 */
export function checkCoverageValues(level: Level, values: Record<string, CoverageValue>): void {
  const columns = coverageColumns(level);
  const foreign = Object.keys(values).filter((column) => !columns.includes(column));
  if (foreign.length > 0) {
    throw new UsageError(`the coverage of a ${level} has no ${foreign.join(", ")}`, `It has: ${columns.join(", ")}`);
  }
  for (const [column, value] of Object.entries(values)) {
    const isText = column === SUPPORT_PROGRAMS || isNameList(column);
    const mayBeNull = column === SUPPORT_PROGRAMS || isField(column);
    const fits = isText
      ? typeof value === "string"
      : Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COVERAGE_FIGURE;
    if (fits || (mayBeNull && value === null)) continue;
    const takes = isText ? "text" : `a whole number from 0 to ${MAX_COVERAGE_FIGURE}`;
    throw new UsageError(`${column} cannot be ${value}`, `It takes ${takes}${mayBeNull ? ", or null" : ""}.`);
  }
}

/** How much of a coverage's figure its level below accounts for. */
export interface Reconciliation {
  field: string;
  total: number;
  /** What the units beneath come to: communities for a municipality, municipality coverages for a province. */
  attributed: number;
  unattributed: number;
  /** attributed / total, from 0 to 1 where the coverage is not below its parts; null where the total is 0. */
  attributionRate: number | null;
}

/** Sets the stored figures of a coverage beside what is beneath it. */
export function reconcile(
  values: Record<string, CoverageValue>,
  beneath: Record<string, number>,
  fields: readonly string[],
): Reconciliation[] {
  return fields.map((field) => {
    const total = Number(values[field] ?? 0);
    const attributed = beneath[field] ?? 0;
    const attributionRate = total === 0 ? null : attributed / total;
    return { field, total, attributed, unattributed: total - attributed, attributionRate };
  });
}
