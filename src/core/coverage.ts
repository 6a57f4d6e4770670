import { FIELDS } from "./fields.ts";
import { type CoverageValue, type Level, municipalityColumns, provinceColumns } from "./sync-plan.ts";

/** A municipality or province-level unit and its coverage. */
export interface CoverageRecord {
  level: Level;
  unitId: number;
  code: string;
  name: string;
  parent: string;
  /** The province-level unit above a municipality, or the unit itself. */
  provinceId: number;
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
