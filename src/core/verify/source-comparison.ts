import type { Field } from "../fields.ts";
import type { PassedRows } from "../records/passed-rows.ts";
import type { ReadColumns, ReadSheets } from "../records/read-columns.ts";
import type { TableSource } from "../records/table-source.ts";
import type { Level } from "../sync/level.ts";
import { DRIFT_COLUMNS, type MunicipalityFacts, type UnitFacts } from "./drift.ts";

export type SourceLevel = "barangay" | "municipality" | "province" | "all";

/** A figure that differs between a file and the database. */
export interface SourceMismatch {
  level: SourceLevel;
  /** Code and name of the unit; both "" at level "all". */
  code: string;
  name: string;
  field: string;
  source: number;
  database: number;
}

/** The result of comparing the database with a file, and how the file was read, in the keys that an import has for it. */
export interface SourceComparison extends ReadColumns {
  file: string;
  rows: number;
  /** Number of units compared at each level. */
  checked: { barangays: number; municipalities: number; provinces: number };
  mismatches: SourceMismatch[];
  /** Rows that are no community, such as totals; null for PSA's datafile. */
  passedOver: PassedRows | null;
  /** What the file was read as; null for PSA's datafile. */
  source: TableSource | null;
  /** The sheets that were read (--all-sheets); otherwise null. */
  sheets: ReadSheets | null;
}

/** Sums the rows of a file by municipality: their number, and each field that the file has. */
export class SourceTotals {
  readonly columns: readonly string[];
  readonly #byMunicipality = new Map<number, Float64Array>();

  constructor(fields: readonly Field[]) {
    this.columns = ["total_obc_communities", ...fields];
  }

  /**
   * Adds one row.
   *
   * @param figures one for each field, in the same order; null counts as 0
   */
  add(municipalityId: number, figures: ReadonlyArray<number | null>): void {
    let totals = this.#byMunicipality.get(municipalityId);
    if (totals === undefined) {
      totals = new Float64Array(this.columns.length);
      this.#byMunicipality.set(municipalityId, totals);
    }
    totals[0] = (totals[0] as number) + 1;
    for (const [index, figure] of figures.entries()) totals[index + 1] = (totals[index + 1] as number) + (figure ?? 0);
  }

  /** The totals of several municipalities together, one for each column. */
  of(municipalityIds: readonly number[]): number[] {
    return this.columns.map((_, column) =>
      municipalityIds.reduce((sum, id) => sum + (this.#byMunicipality.get(id)?.[column] ?? 0), 0),
    );
  }
}

/**
 * Compares the stored coverages with the totals of a file. A province is compared only where all of its municipalities
 * are in scope.
 *
 * @param isWhole whether the scope is everything: the sum of all provinces is then compared as well
 */
export function compareCoverages(
  municipalities: readonly MunicipalityFacts[],
  provinces: readonly UnitFacts[],
  totals: SourceTotals,
  isWhole: boolean,
): Pick<SourceComparison, "checked" | "mismatches"> {
  const { columns } = totals;
  const inScope = municipalities.filter((municipality) => municipality.inScope);
  const wholeProvinces = provinces.filter(({ id }) =>
    municipalities.every((municipality) => municipality.provinceId !== id || municipality.inScope),
  );
  const idsIn = (provinceId: number) =>
    municipalities.filter((municipality) => municipality.provinceId === provinceId).map(({ id }) => id);
  const mismatches = [
    ...inScope.flatMap((unit) =>
      differing("municipality", unit, columns, totals.of([unit.id]), storedOf("municipality", unit, columns)),
    ),
    ...wholeProvinces.flatMap((unit) =>
      differing("province", unit, columns, totals.of(idsIn(unit.id)), storedOf("province", unit, columns)),
    ),
  ];
  if (isWhole) {
    const stored = columns.map((column) =>
      provinces.reduce((sum, unit) => sum + figureOf("province", unit, column), 0),
    );
    const source = totals.of(municipalities.map(({ id }) => id));
    mismatches.push(...differing("all", { code: "", name: "" }, columns, source, stored));
  }
  return {
    checked: { barangays: 0, municipalities: inScope.length, provinces: wholeProvinces.length },
    mismatches,
  };
}

function differing(
  level: SourceLevel,
  { code, name }: { code: string; name: string },
  columns: readonly string[],
  source: readonly number[],
  stored: readonly number[],
): SourceMismatch[] {
  return columns.flatMap((field, index) => {
    const [fromFile, database] = [source[index] ?? 0, stored[index] ?? 0];
    return fromFile === database ? [] : [{ level, code, name, field, source: fromFile, database }];
  });
}

function storedOf(level: Level, unit: UnitFacts, columns: readonly string[]): number[] {
  return columns.map((column) => figureOf(level, unit, column));
}

function figureOf(level: Level, { stored }: UnitFacts, column: string): number {
  return stored === null || stored.isDeleted ? 0 : Number(stored.values[DRIFT_COLUMNS[level].indexOf(column)] ?? 0);
}

/** A barangay of the database with the units above it, and their PSGC codes where they are known. */
export interface PopulatedBarangay {
  code: string;
  psgcCode: string | null;
  name: string;
  population: number | null;
  municipalityCode: string;
  municipalityPsgc: string | null;
  municipalityName: string;
  provinceCode: string;
  provincePsgc: string | null;
  provinceName: string;
}

/**
 * Compares the populations of barangays, and their sums by municipality and province, with published populations.
 *
 * @param published populations by PSGC code, of any level; units without one are not compared
 */
export function comparePopulations(
  barangays: readonly PopulatedBarangay[],
  published: ReadonlyMap<string, number>,
): Pick<SourceComparison, "checked" | "mismatches"> {
  const levels = {
    barangay: new Map<string, Sum>(),
    municipality: new Map<string, Sum>(),
    province: new Map<string, Sum>(),
  };
  for (const barangay of barangays) {
    const population = barangay.population ?? 0;
    const { code, psgcCode, name, municipalityCode, municipalityPsgc, provinceCode, provincePsgc } = barangay;
    addTo(levels.barangay, { code, psgcCode, name }, population);
    addTo(
      levels.municipality,
      { code: municipalityCode, psgcCode: municipalityPsgc, name: barangay.municipalityName },
      population,
    );
    addTo(levels.province, { code: provinceCode, psgcCode: provincePsgc, name: barangay.provinceName }, population);
  }
  const mismatches: SourceMismatch[] = [];
  const checked = { barangay: 0, municipality: 0, province: 0 };
  for (const level of ["province", "municipality", "barangay"] as const) {
    for (const { code, psgcCode, name, sum } of levels[level].values()) {
      const source = psgcCode === null ? undefined : published.get(psgcCode);
      if (source === undefined) continue;
      checked[level] += 1;
      if (source !== sum) mismatches.push({ level, code, name, field: "population", source, database: sum });
    }
  }
  return {
    checked: { barangays: checked.barangay, municipalities: checked.municipality, provinces: checked.province },
    mismatches,
  };
}

interface Sum {
  code: string;
  psgcCode: string | null;
  name: string;
  sum: number;
}

function addTo(sums: Map<string, Sum>, unit: Omit<Sum, "sum">, population: number): void {
  const known = sums.get(unit.code);
  if (known === undefined) sums.set(unit.code, { ...unit, sum: population });
  else known.sum += population;
}
