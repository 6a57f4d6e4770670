/**
 * Builds the tree of regions, province-level units, municipalities and barangays from the rows of a PSGC file.
 *
 * A unit's parents are derived from its own ten digits, never from the order of the rows or from names. PSGC has four
 * exceptions, which are handled here:
 * - A highly urbanized city has one row, whose code is that of a province (1130700000). It becomes a province-level
 *   unit and a municipality within it, both with that code.
 * - The City of Isabela and the Special Geographic Area have a province-level row without a level, and municipalities
 *   below it.
 * - Pateros (1381701000) has no province-level row; one is created from it.
 * - Manila's barangays belong to its fourteen sub-municipalities; the city itself has none.
 */

import {
  codeShape,
  isInPlaceOfProvince,
  municipalityCodeOf,
  provinceCodeOf,
  regionCodeOf,
} from "../places/psgc-code.ts";
import type {
  BarangayRecord,
  MunicipalityKind,
  MunicipalityRecord,
  ProvinceRecord,
  RegionRecord,
} from "./geography.ts";
import { type GeographyRow, readGeographyRow } from "./geography-row.ts";
import type { GeographyColumns, GeographyEntry, GeographySource, GeographyTree } from "./geography-source.ts";

/** Rows without a parent are skipped and listed in `rejects`; never throws. Each list of units is sorted by code. */
export function buildGeographyTree(source: GeographySource): GeographyTree {
  const rejects: GeographyEntry[] = [];
  const warnings: GeographyEntry[] = [];
  const rows = readRows(source, rejects, warnings);
  const rejectRow = (row: GeographyRow, message: string) => rejects.push(codeEntry(row, source.columns, message));

  const regions = new Map<string, RegionRecord>();
  for (const row of rows.filter(({ level }) => level === "Reg")) {
    regions.set(row.code, { code: row.code, name: row.name });
  }

  const provinces = new Map<string, ProvinceRecord>();
  const municipalityRows = rows.filter(({ level }) => level === "City" || level === "Mun" || level === "SubMun");
  const provinceRows = rows.filter(isProvinceLevel);
  const madeProvinces = provincesWithoutRow(provinceRows, municipalityRows);
  for (const row of [...provinceRows, ...madeProvinces]) {
    const { code, name } = row;
    const regionCode = regionCodeOf(code);
    if (regions.has(regionCode)) {
      provinces.set(code, { code, name, kind: provinceKind(row, municipalityRows), regionCode });
    } else if (!madeProvinces.includes(row)) {
      rejectRow(row, missingParent("region", regionCode));
    }
  }

  const municipalities = new Map<string, MunicipalityRecord>();
  for (const row of municipalityRows) {
    const provinceCode = provinceCodeOf(row.code);
    const kind = MUNICIPALITY_KINDS[row.level];
    if (kind !== undefined && provinces.has(provinceCode)) {
      municipalities.set(row.code, { code: row.code, name: row.name, kind, provinceCode });
    } else if (row.code !== provinceCode) {
      const regionCode = regionCodeOf(row.code);
      rejectRow(
        row,
        regions.has(regionCode) ? missingParent("province", provinceCode) : missingParent("region", regionCode),
      );
    }
  }

  const barangays: BarangayRecord[] = [];
  for (const row of rows) {
    if (row.level !== "Bgy") continue;
    const municipalityCode = municipalityCodeOf(row.code);
    if (municipalities.has(municipalityCode)) {
      barangays.push({ code: row.code, name: row.name, municipalityCode, population: row.population });
    } else {
      rejectRow(row, missingParent("municipality", municipalityCode));
    }
  }

  dropEmptyPlaceholders(rows, provinces, municipalities, source.columns, warnings);
  return {
    geography: {
      edition: source.edition,
      regions: sortByCode([...regions.values()]),
      provinces: sortByCode([...provinces.values()]),
      municipalities: sortByCode([...municipalities.values()]),
      barangays: sortByCode(barangays),
      oldNames: sortByCode(
        rows.filter(({ oldName }) => oldName !== "").map(({ code, oldName }) => ({ code, name: oldName })),
      ),
    },
    rejects: rejects.sort((a, b) => a.row - b.row),
    warnings: warnings.sort((a, b) => a.row - b.row),
  };
}

const MUNICIPALITY_KINDS: Partial<Record<GeographyRow["level"], MunicipalityKind>> = {
  City: "city",
  Mun: "municipality",
  SubMun: "sub_municipality",
};

function readRows(source: GeographySource, rejects: GeographyEntry[], warnings: GeographyEntry[]): GeographyRow[] {
  const rows: GeographyRow[] = [];
  const rowOfCode = new Map<string, number>();
  for (const sourceRow of source.rows) {
    const result = readGeographyRow(sourceRow, source.columns);
    if (result === null) continue;
    if (result.unit === null) {
      rejects.push(result.reject);
      continue;
    }
    const { unit } = result;
    const earlier = rowOfCode.get(unit.code);
    if (earlier !== undefined) {
      rejects.push(codeEntry(unit, source.columns, `row ${earlier} has the same code: keep one of the two`));
      continue;
    }
    rowOfCode.set(unit.code, unit.row);
    rows.push(unit);
    if (result.warning) warnings.push(result.warning);
  }
  return rows;
}

function isProvinceLevel(row: GeographyRow): boolean {
  return row.level !== "Reg" && codeShape(row.code) === "province";
}

/** Creates the row that PSGC lacks for Pateros: the only municipality of a province-level code without a row. */
function provincesWithoutRow(provinceRows: GeographyRow[], municipalityRows: GeographyRow[]): GeographyRow[] {
  const codes = new Set(provinceRows.map(({ code }) => code));
  const lone = new Map<string, GeographyRow | null>();
  for (const row of municipalityRows) {
    const code = provinceCodeOf(row.code);
    if (!isInPlaceOfProvince(code) || codes.has(code)) continue;
    lone.set(code, lone.has(code) ? null : { ...row, code });
  }
  return [...lone.values()].filter((row) => row !== null);
}

/**
 * The kind follows from the row's level. Without a level it follows from the municipalities: a single city, as in
 * Isabela, makes an independent city, anything else a special area.
 */
function provinceKind(row: GeographyRow, municipalityRows: GeographyRow[]): ProvinceRecord["kind"] {
  if (row.level === "Prov") return "province";
  if (row.level !== "placeholder") return "independent_city";
  const beneath = municipalityRows.filter(({ code }) => provinceCodeOf(code) === row.code);
  return beneath.length === 1 && beneath[0]?.level === "City" ? "independent_city" : "special_area";
}

/** Removes province-level rows that have neither a level nor municipalities: they are headings, not units. */
function dropEmptyPlaceholders(
  rows: GeographyRow[],
  provinces: Map<string, ProvinceRecord>,
  municipalities: Map<string, MunicipalityRecord>,
  columns: GeographyColumns,
  warnings: GeographyEntry[],
): void {
  const inUse = new Set([...municipalities.values()].map(({ provinceCode }) => provinceCode));
  for (const row of rows) {
    if (row.level !== "placeholder" || inUse.has(row.code)) continue;
    if (provinces.delete(row.code)) {
      warnings.push(
        codeEntry(row, columns, "it has no level and no municipalities, so it was skipped: give its level to keep it"),
      );
    }
  }
}

function missingParent(level: string, code: string): string {
  return `its ${level} ${code} is not in the file: add the row of the ${level}, or fix the code`;
}

function codeEntry(row: GeographyRow, columns: GeographyColumns, message: string): GeographyEntry {
  return { row: row.row, column: columns.code, code: row.code, value: row.code, message };
}

function sortByCode<Unit extends { code: string }>(units: Unit[]): Unit[] {
  return units.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
