/** The levels by whose units a person can narrow a command to a part of the country. */
export const UNIT_SCOPES = ["region", "province", "municipality"] as const;

export type UnitScopeKind = (typeof UNIT_SCOPES)[number];

/** A scope as the user gives it: units by code or name. */
export type ScopeRequest = { kind: "all" } | { kind: "changed" } | { kind: UnitScopeKind; units: string[] };

/**
 * The units of a scope, resolved against the database. `municipalityIds` are the municipalities whose coverage is
 * recalculated, `provinceIds` the province-level units above them, whose coverage is recalculated as well. `units` are
 * the PSGC codes that name the scope.
 */
export interface ScopeUnits {
  units: string[];
  /** Names of the units; only where the user named them. */
  names?: string[];
  municipalityIds: number[];
  provinceIds: number[];
}

/**
 * The units that the change log names. `logWatermark` separates the entries that were read from later ones. There may be
 * entries and no units: those of places that no longer exist.
 */
export type ChangedScope = ScopeUnits & { kind: "changed"; logWatermark: string; hasEntries: boolean };

export type Scope = { kind: "all" } | (ScopeUnits & { kind: UnitScopeKind }) | ChangedScope;

/** The scope as every report states it: PSGC codes, none where the scope is everything. */
export interface ScopeSummary {
  kind: Scope["kind"];
  units: string[];
}

export function summarizeScope(scope: Scope): ScopeSummary {
  return { kind: scope.kind, units: scope.kind === "all" ? [] : scope.units };
}
