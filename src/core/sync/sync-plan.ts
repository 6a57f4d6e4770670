import type { Field } from "../fields.ts";
import type { Level } from "./level.ts";
import type { Scope } from "./scope.ts";

/** A figure or a list of names of a coverage; null where nothing is stored. */
export type CoverageValue = number | string | null;

/** The columns of a coverage that sync computes, in order; curated fields are left out. */
export interface ComputedColumns {
  municipality: readonly string[];
  province: readonly string[];
}

/**
 * One coverage that the plan writes. `before` and `after` run parallel to the computed columns of its level, and
 * `before` is all null where the row does not exist yet.
 */
export interface PlannedChange {
  level: Level;
  unitId: number;
  code: string;
  name: string;
  /** Name of the province-level unit above a municipality, of the region above a province-level unit. */
  parent: string;
  action: "created" | "updated";
  /** Version of the stored row that the plan saw; null where there was none, or where it cannot change meanwhile. */
  version: string | null;
  before: readonly CoverageValue[];
  after: readonly CoverageValue[];
}

export interface LevelCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Coverages that a person keeps (auto_sync is false): left alone. */
  manual: number;
  /** Soft-deleted coverages: left alone. */
  archived: number;
}

/**
 * Everything that a sync will do, computed from one snapshot and read-only. A dry run prints it, a real run
 * applies the same value.
 */
export interface SyncPlan {
  scope: Scope;
  columns: ComputedColumns;
  /** Communities in the scope that are not archived. */
  communities: number;
  municipalities: LevelCounts;
  provinces: LevelCounts;
  /** Sorted by level, then code. */
  changes: PlannedChange[];
  /** Whether province coverages were left out. */
  stopsAtMunicipalities: boolean;
  /** Which entries of the change log the plan has seen, in the terms of the database; null where it read nothing. */
  logWatermark: string | null;
}

/** The plan of a scope in which there is nothing to look at. */
export function emptyPlan(scope: Scope, columns: ComputedColumns): SyncPlan {
  const none = (): LevelCounts => ({ created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0 });
  return {
    scope,
    columns,
    communities: 0,
    municipalities: none(),
    provinces: none(),
    changes: [],
    stopsAtMunicipalities: false,
    logWatermark: null,
  };
}

export interface ValueChange {
  before: CoverageValue;
  after: CoverageValue;
}

export function computedColumns(fields: readonly Field[]): ComputedColumns {
  return { municipality: municipalityColumns(fields), province: provinceColumns(fields) };
}

/** The columns that municipality coverages compute, in order. */
export function municipalityColumns(fields: readonly Field[]): string[] {
  return ["total_obc_communities", "key_barangays", ...fields];
}

/** The columns that province coverages compute, in order. */
export function provinceColumns(fields: readonly Field[]): string[] {
  return ["total_municipalities", "total_obc_communities", "key_municipalities", ...fields];
}

/** Whether a computed column holds names, not a figure. */
export function isNameList(column: string): boolean {
  return column === "key_barangays" || column === "key_municipalities";
}

/** The columns in which a change differs, with both values. */
export function differences(change: PlannedChange, columns: ComputedColumns): Record<string, ValueChange> {
  const result: Record<string, ValueChange> = {};
  for (const [index, column] of columns[change.level].entries()) {
    const before = change.before[index] ?? null;
    const after = change.after[index] ?? null;
    if (before !== after) result[column] = { before, after };
  }
  return result;
}

export function hasChanges(plan: SyncPlan): boolean {
  return plan.changes.length > 0;
}
