/** What part of the country a command is about. */
export const UNIT_SCOPES = ["region", "province", "municipality"] as const;

export type UnitScopeKind = (typeof UNIT_SCOPES)[number];

/** A scope as a person gives it: units by code or name. */
export type ScopeRequest = { kind: "all" } | { kind: "changed" } | { kind: UnitScopeKind; units: string[] };

/**
 * The units of a scope as the database knows them. `municipalityIds` are the municipalities whose coverage is brought
 * right, `provinceIds` the province-level units above them, whose coverage follows; `units` are the PSGC codes that
 * name the scope.
 */
export interface ScopeUnits {
  units: string[];
  /** Names of the units, where a person named them. */
  names?: string[];
  municipalityIds: number[];
  provinceIds: number[];
}

/** What the change log names; `logWatermark` tells the entries that were read from those that came later. */
export type ChangedScope = ScopeUnits & { kind: "changed"; logWatermark: string };

export type Scope = { kind: "all" } | (ScopeUnits & { kind: UnitScopeKind }) | ChangedScope;

/** What every report says of its scope; codes are PSGC codes, empty for everything. */
export interface ScopeSummary {
  kind: Scope["kind"];
  units: string[];
}

export function summarizeScope(scope: Scope): ScopeSummary {
  return { kind: scope.kind, units: scope.kind === "all" ? [] : scope.units };
}
