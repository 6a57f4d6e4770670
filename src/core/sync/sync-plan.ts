import type { Field } from "../fields.ts";
import type { BrokenTrigger } from "./broken-trigger.ts";
import type { PlannedChange } from "./planned-change.ts";
import type { Scope } from "./scope.ts";
import type { SyncFinding } from "./sync-finding.ts";

/** The columns that sync computes at each level, in order. Curated fields are not among them. */
export interface ComputedColumns {
  municipality: readonly string[];
  province: readonly string[];
}

export interface LevelCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Coverages that are maintained by hand (auto_sync is false); sync does not change them. */
  manual: number;
  /** Soft-deleted coverages; sync does not change them. */
  archived: number;
}

/**
 * Everything that a sync will do, computed from one snapshot without writing. A dry run prints the plan; a real run
 * applies it.
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
  /** Units that are not written, and not counted as created or updated. */
  findings: SyncFinding[];
  /** Triggers of the change log that are put back. The log cannot be relied on, so the scope is every unit. */
  repaired: BrokenTrigger[];
  /** Whether province coverages are left out. They are then still out of date, so every log entry has to stay. */
  stopsAtMunicipalities: boolean;
  /**
   * Marks the change-log entries that the plan accounts for, in a form specific to the database; null where nothing was
   * read.
   */
  logWatermark: string | null;
}

/** The plan of a scope without units. */
export function emptyPlan(scope: Scope, columns: ComputedColumns): SyncPlan {
  const none = (): LevelCounts => ({ created: 0, updated: 0, unchanged: 0, manual: 0, archived: 0 });
  return {
    scope,
    columns,
    communities: 0,
    municipalities: none(),
    provinces: none(),
    changes: [],
    findings: [],
    repaired: [],
    stopsAtMunicipalities: false,
    logWatermark: null,
  };
}

export function computedColumns(fields: readonly Field[]): ComputedColumns {
  return { municipality: municipalityColumns(fields), province: provinceColumns(fields) };
}

/** The computed columns of a municipality coverage, in order. */
export function municipalityColumns(fields: readonly Field[]): string[] {
  return ["total_obc_communities", "key_barangays", ...fields];
}

/** The computed columns of a province coverage, in order. */
export function provinceColumns(fields: readonly Field[]): string[] {
  return ["total_municipalities", "total_obc_communities", "key_municipalities", ...fields];
}

/** Whether a computed column holds a list of names. */
export function isNameList(column: string): boolean {
  return column === "key_barangays" || column === "key_municipalities";
}

/** Whether applying the plan changes anything. */
export function hasChanges({ changes, repaired }: SyncPlan): boolean {
  return changes.length > 0 || repaired.length > 0;
}
