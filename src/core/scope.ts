/** What part of the country a command is about. */
export const UNIT_SCOPES = ["region", "province", "municipality"] as const;

export type UnitScopeKind = (typeof UNIT_SCOPES)[number];

/** A scope as a person gives it: units by code or name. */
export type ScopeRequest = { kind: "all" } | { kind: UnitScopeKind; units: string[] };

/**
 * A scope as the database knows it. `municipalityIds` are the municipalities whose coverage is brought right,
 * `provinceIds` the province-level units above them, whose coverage follows.
 */
export type Scope =
  | { kind: "all" }
  | { kind: UnitScopeKind; units: string[]; municipalityIds: number[]; provinceIds: number[] };

/** What every report says of its scope; codes are PSGC codes, empty for everything. */
export interface ScopeSummary {
  kind: Scope["kind"];
  units: string[];
}

export function summarizeScope(scope: Scope): ScopeSummary {
  return { kind: scope.kind, units: scope.kind === "all" ? [] : scope.units };
}
