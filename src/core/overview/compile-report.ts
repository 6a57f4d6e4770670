import { FIELDS, type Field } from "../fields.ts";
import type { FigureRow } from "../figures/figure-row.ts";
import { groupBy } from "../group-by.ts";
import type { Completeness, ListedUnit, ReportTotals } from "./figures-report.ts";
import { isCounted, type OverviewSource, overviewTree } from "./overview-tree.ts";
import { type MunicipalitySummary, type OverviewUnit, sumOf } from "./overview-unit.ts";

export interface CompiledFigures {
  regions: OverviewUnit[];
  totals: ReportTotals;
  completeness: Completeness;
}

/** The figures of a report from what is stored. */
export function compileFigures(source: OverviewSource): CompiledFigures {
  const { regions, fromCommunities } = overviewTree(source);
  const provinces = regions.flatMap(({ units }) => units);
  const municipalities = provinces.flatMap(({ units }) => units);
  // Manila is a municipality whose barangays all belong to its sub-municipalities.
  const all = source.municipalities.filter(({ barangays }) => barangays > 0);
  const totals: ReportTotals = {
    figures: sumOf(regions),
    fromCommunities,
    communities: total(all, ({ communities }) => communities),
    regions: regions.length,
    provinces: provinces.filter(isCounted).length,
    municipalities: municipalities.filter(({ state }) => state === "automatic" || state === "manual").length,
    allMunicipalities: all.length,
    barangays: total(all, ({ barangays }) => barangays),
  };
  return { regions, totals, completeness: completenessOf(source, municipalities) };
}

/** The PSGC code of the Bangsamoro region: communities there are not OBC, which are those outside it. */
const BARMM = "1900000000";

function completenessOf(
  { municipalities, coverages, hasWholeProvinces }: OverviewSource,
  shown: readonly OverviewUnit[],
): Completeness {
  const stored = [...coverages.municipality, ...(hasWholeProvinces ? coverages.province : [])];
  const present = new Set(shown.map(({ code }) => code));
  const without = municipalities.filter(({ code, barangays }) => barangays > 0 && !present.has(code));
  const uncovered = new Set(shown.filter(({ state }) => state === "none").map(({ code }) => code));
  return {
    filled: Object.fromEntries(
      FIELDS.map((field) => [field, total(municipalities, ({ filled }) => filled[field])]),
    ) as Record<Field, number>,
    manual: stored.filter(({ values }) => values.auto_sync === false && values.is_deleted !== true).map(nameOf),
    archived: stored.filter(({ values }) => values.is_deleted === true).map(nameOf),
    uncovered: municipalities
      .filter(({ code }) => uncovered.has(code))
      .map(({ code, name, provinceName }) => ({ level: "municipality", code, name, parent: provinceName })),
    archivedCommunities: total(municipalities, ({ archivedCommunities }) => archivedCommunities),
    without: byProvince(without.filter((unit) => !isInBarmm(unit))),
    withoutInBarmm: without.filter(isInBarmm).length,
  };
}

function isInBarmm({ regionPsgcCode }: MunicipalitySummary): boolean {
  return regionPsgcCode === BARMM;
}

function byProvince(municipalities: readonly MunicipalitySummary[]): Completeness["without"] {
  return [...groupBy(municipalities, ({ provinceId }) => provinceId).values()].map((units) => {
    const [{ regionName, provinceName }] = units as [MunicipalitySummary];
    return { region: regionName, province: provinceName, municipalities: units.map(({ name }) => name) };
  });
}

function nameOf({ level, values }: FigureRow): ListedUnit {
  const isProvince = level === "province";
  return {
    level: isProvince ? "province" : "municipality",
    code: String(values[isProvince ? "province_code" : "municipality_code"]),
    name: String(values[isProvince ? "province" : "municipality"]),
    parent: String(values[isProvince ? "region" : "province"]),
  };
}

function total<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + figure(item), 0);
}
