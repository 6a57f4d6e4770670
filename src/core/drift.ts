import { compareCodePoints } from "./code-point-order.ts";
import { FIELDS, type Field } from "./fields.ts";
import type { CoverageValue, Level } from "./sync-plan.ts";

/**
 * Verification works out what each coverage should hold by a route of its own: plain sums are read from the
 * database, everything else (which unit counts, which figures a province adds up, names, comparison) is decided
 * here and not in the SQL that sync uses. Provinces are summed straight from communities wherever no manual or
 * archived coverage stands between.
 */
export type Totals = Record<string, number>;

export interface LevelTotals {
  communities: Totals;
  municipalities: Totals;
  provinces: Totals;
}

/** missing: no coverage row; stale: it differs from what is beneath it; orphan: figures with nothing beneath them. */
export type DriftKind = "missing" | "stale" | "orphan";

export interface Drift {
  level: Level;
  code: string;
  name: string;
  parent: string;
  kind: DriftKind;
  /** Only the columns that differ. */
  fields: Record<string, { stored: CoverageValue; expected: CoverageValue }>;
}

export interface StoredCoverage {
  values: Record<string, CoverageValue>;
  autoSync: boolean;
  isDeleted: boolean;
}

export interface UnitFacts {
  id: number;
  code: string;
  name: string;
  parent: string;
  stored: StoredCoverage | null;
}

/** What the communities of one unit come to, archived ones left out. */
export interface CommunitySums {
  communities: number;
  sums: Record<Field, number>;
}

export interface MunicipalityFacts extends UnitFacts {
  provinceId: number;
  /** False for a sibling that only its province needs: its stored figures are taken as they are. */
  inScope: boolean;
  /** Names are asked for one municipality at a time: all barangays of a large country are too many texts to hold. */
  beneath: (CommunitySums & { barangayNames: () => string[] }) | null;
}

export interface ProvinceFacts extends UnitFacts {
  /** Communities in scope whose municipality has neither a manual nor an archived coverage. */
  beneath: CommunitySums | null;
}

export interface DriftFindings {
  drift: Drift[];
  totals: LevelTotals;
  checked: { municipalities: number; provinces: number };
}

/** Compares every automatic coverage with what it should hold. */
export function findDrift(
  municipalities: readonly MunicipalityFacts[],
  provinces: readonly ProvinceFacts[],
  fields: readonly Field[],
): DriftFindings {
  const municipalitiesOf = new Map<number, MunicipalityFacts[]>(provinces.map(({ id }) => [id, []]));
  for (const municipality of municipalities) municipalitiesOf.get(municipality.provinceId)?.push(municipality);
  const municipalityChecks = municipalities
    .filter((municipality) => municipality.inScope)
    .flatMap((municipality) => check("municipality", municipality, expectedOfMunicipality(municipality, fields)));
  const provinceChecks = provinces.flatMap((province) =>
    check("province", province, expectedOfProvince(province, municipalitiesOf.get(province.id) ?? [], fields)),
  );
  return {
    drift: [...municipalityChecks, ...provinceChecks].filter((drift) => drift !== "right"),
    totals: {
      communities: totalsOfCommunities(municipalities),
      municipalities: totalsOfCoverages(municipalities.filter((municipality) => municipality.inScope)),
      provinces: totalsOfCoverages(provinces),
    },
    checked: { municipalities: municipalityChecks.length, provinces: provinceChecks.length },
  };
}

type Expected = { empty: boolean; values: Record<string, CoverageValue> };

function expectedOfMunicipality({ beneath }: MunicipalityFacts, fields: readonly Field[]): Expected {
  return {
    empty: beneath === null,
    values: {
      total_obc_communities: beneath?.communities ?? 0,
      key_barangays: joinNames([...new Set(beneath?.barangayNames())]),
      ...Object.fromEntries(fields.map((field) => [field, beneath?.sums[field] ?? 0])),
    },
  };
}

function expectedOfProvince(
  province: ProvinceFacts,
  municipalities: readonly MunicipalityFacts[],
  fields: readonly Field[],
): Expected {
  const counted = municipalities.filter(isCounted);
  // A manual coverage stands between its communities and the province; a sibling outside the scope is not looked into.
  const asStored = counted.filter(({ inScope, stored }) => stored !== null && (!inScope || !stored.autoSync));
  const sum = (column: string, fromCommunities: number) =>
    asStored.reduce((total, { stored }) => total + Number(stored?.values[column] ?? 0), fromCommunities);
  return {
    empty: counted.length === 0,
    values: {
      total_municipalities: counted.length,
      total_obc_communities: sum("total_obc_communities", province.beneath?.communities ?? 0),
      key_municipalities: joinNames(counted.map(({ name }) => name)),
      ...Object.fromEntries(fields.map((field) => [field, sum(field, province.beneath?.sums[field] ?? 0)])),
    },
  };
}

/** Whether a municipality has a coverage that is not archived, or should have one. */
function isCounted({ stored, inScope, beneath }: MunicipalityFacts): boolean {
  return stored === null ? inScope && beneath !== null : !stored.isDeleted;
}

function joinNames(names: readonly string[]): string {
  return names.toSorted(compareCodePoints).join(", ");
}

/** Nothing for a unit that sync leaves alone or that needs no coverage; else what is wrong, or "right". */
function check(level: Level, unit: UnitFacts, expected: Expected): Array<Drift | "right"> {
  const { stored } = unit;
  if (stored === null ? expected.empty : stored.isDeleted || !stored.autoSync) return [];
  const fields: Drift["fields"] = {};
  for (const [column, value] of Object.entries(expected.values)) {
    const storedValue = stored?.values[column] ?? null;
    if (storedValue !== value) fields[column] = { stored: storedValue, expected: value };
  }
  if (Object.keys(fields).length === 0) return ["right"];
  const kind: DriftKind = stored === null ? "missing" : expected.empty ? "orphan" : "stale";
  return [{ level, code: unit.code, name: unit.name, parent: unit.parent, kind, fields }];
}

function totalsOfCommunities(municipalities: readonly MunicipalityFacts[]): Totals {
  return totals((column) =>
    municipalities.map(({ beneath }) =>
      column === "total_obc_communities" ? (beneath?.communities ?? 0) : (beneath?.sums[column] ?? 0),
    ),
  );
}

function totalsOfCoverages(units: readonly UnitFacts[]): Totals {
  const counted = units.filter(({ stored }) => stored !== null && !stored.isDeleted);
  return totals((column) => counted.map(({ stored }) => Number(stored?.values[column] ?? 0)));
}

function totals(valuesOf: (column: "total_obc_communities" | Field) => number[]): Totals {
  const columns = ["total_obc_communities", ...FIELDS] as const;
  return Object.fromEntries(columns.map((column) => [column, valuesOf(column).reduce((sum, value) => sum + value, 0)]));
}
