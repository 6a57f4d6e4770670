import type { Level } from "./level.ts";

/** The levels of the units whose values a run can change, from the bottom up. */
export const UNIT_LEVELS = ["community", "municipality", "province"] as const;

export type UnitLevel = (typeof UNIT_LEVELS)[number];

/** A value of a community or of a coverage. Null where nothing is stored. */
export type UnitValue = number | string | boolean | null;

export interface ValueChange<Value extends UnitValue = UnitValue> {
  before: Value;
  after: Value;
}

/** What a run changes in one community or coverage. */
export interface UnitChange {
  level: UnitLevel;
  /** The barangay's code for a community. */
  code: string;
  name: string;
  /** Name of the unit above: a community's municipality, a municipality's province-level unit, a province's region. */
  parent: string;
  /** Name of the province-level unit above a community; absent for the coverages. */
  province?: string | undefined;
  action: "created" | "updated" | "removed";
  /** The columns whose value differs. */
  readonly fields: Readonly<Record<string, ValueChange>>;
}

/** "Aludas, Damulog, Bukidnon". A place that is gone has no names above it. */
export function placeOf({ name, parent, province }: Pick<UnitChange, "name" | "parent" | "province">): string {
  return [name, parent, province].filter((part) => part).join(", ");
}

/** A level that has coverages, as a level of changes. */
export function isCoverage(level: UnitLevel): level is Level {
  return level !== "community";
}
