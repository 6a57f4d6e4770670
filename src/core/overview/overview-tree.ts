import type { FigureRow } from "../figures/figure-row.ts";
import { groupBy } from "../group-by.ts";
import {
  FIGURE_COLUMNS,
  type FigureName,
  type FigureValues,
  type MunicipalitySummary,
  noFigures,
  type OverviewUnit,
  sumOf,
} from "./overview-unit.ts";

export interface OverviewSource {
  /** Every municipality in scope, ordered by code. */
  municipalities: readonly MunicipalitySummary[];
  /** The stored coverages of the municipalities and of the provinces above, archived ones too. */
  coverages: { municipality: readonly FigureRow[]; province: readonly FigureRow[] };
  /** Figures that automatic coverages leave blank, by rule. */
  blankFields: readonly FigureName[];
  /** Whether all municipalities of each province are in scope. */
  hasWholeProvinces: boolean;
}

export interface OverviewTree {
  regions: OverviewUnit[];
  /** See ReportTotals. */
  fromCommunities: FigureName[];
}

/** The units that have a community or a coverage, from the regions down, with their figures. */
export function overviewTree(source: OverviewSource): OverviewTree {
  const stored = {
    municipality: byUnit(source.coverages.municipality),
    province: source.hasWholeProvinces ? byUnit(source.coverages.province) : new Map<number, FigureRow>(),
  };
  const fromCommunities = blankColumns(source);
  const regions = [...groupBy(source.municipalities, ({ regionCode }) => regionCode).values()].map(
    (ofRegion): OverviewUnit => {
      const [first] = ofRegion as [MunicipalitySummary];
      const provinces = [...groupBy(ofRegion, ({ provinceId }) => provinceId).values()].flatMap((ofProvince) =>
        provinceUnit(ofProvince, stored, fromCommunities, source.hasWholeProvinces),
      );
      const { regionCode: code, regionPsgcCode: psgcCode, regionName: name } = first;
      const counted = provinces.filter(isCounted);
      return { level: "region", code, psgcCode, name, state: "sum", figures: sumOf(counted), ...below(provinces) };
    },
  );
  return { regions: regions.filter(({ units }) => units.length > 0), fromCommunities };
}

/** Whether the figures of a unit are part of the sum above it. */
export function isCounted({ state }: OverviewUnit): boolean {
  return state !== "archived";
}

type Stored = Record<"municipality" | "province", ReadonlyMap<number, FigureRow>>;

function provinceUnit(
  summaries: readonly MunicipalitySummary[],
  stored: Stored,
  fromCommunities: readonly FigureName[],
  isWhole: boolean,
): OverviewUnit[] {
  const [first] = summaries as [MunicipalitySummary];
  const municipalities = summaries.flatMap((summary) => municipalityUnit(summary, stored, fromCommunities));
  const row = stored.province.get(first.provinceId);
  if (municipalities.length === 0 && row === undefined) return [];
  const { provinceCode: code, provincePsgcCode: psgcCode, provinceName: name } = first;
  const beneath = sumOf(municipalities.filter(isCounted));
  const unit = { level: "province", code, psgcCode, name, ...below(municipalities) } as const;
  if (!isWhole) return [{ ...unit, state: "sum", figures: beneath }];
  return [{ ...unit, ...ofCoverage(row, beneath, fromCommunities) }];
}

function municipalityUnit(
  summary: MunicipalitySummary,
  stored: Stored,
  fromCommunities: readonly FigureName[],
): OverviewUnit[] {
  const { id, code, psgcCode, name, communities, sums, filled } = summary;
  const row = stored.municipality.get(id);
  if (communities === 0 && row === undefined) return [];
  const beneath = communities === 0 ? noFigures() : { total_obc_communities: communities, ...sums };
  const figures = Object.values(filled).reduce((sum, count) => sum + count, 0);
  const unit = { level: "municipality", code, psgcCode, name, communities, filled: figures, units: [] } as const;
  return [{ ...unit, units: [], ...ofCoverage(row, beneath, fromCommunities) }];
}

function ofCoverage(
  row: FigureRow | undefined,
  beneath: FigureValues,
  fromCommunities: readonly FigureName[],
): Pick<OverviewUnit, "state" | "figures"> {
  if (row?.values.is_deleted === true) return { state: "archived", figures: noFigures() };
  const state = row === undefined ? "none" : row.values.auto_sync === false ? "manual" : "automatic";
  const figures = noFigures();
  for (const column of FIGURE_COLUMNS) {
    const value = row?.values[column] ?? null;
    figures[column] = value === null ? null : Number(value);
  }
  for (const column of fromCommunities) figures[column] ??= beneath[column];
  return { state, figures };
}

/** Figures that are blank by rule, or in every coverage, and that communities have. */
function blankColumns({ municipalities, coverages, blankFields }: OverviewSource): FigureName[] {
  const counted = coverages.municipality.filter(({ values }) => values.is_deleted !== true);
  return FIGURE_COLUMNS.filter((column) => {
    const isBlank = blankFields.includes(column) || counted.every(({ values }) => (values[column] ?? null) === null);
    if (!isBlank) return false;
    return municipalities.some((unit) =>
      column === "total_obc_communities" ? unit.communities > 0 : unit.filled[column] > 0,
    );
  });
}

function below(units: OverviewUnit[]): Pick<OverviewUnit, "communities" | "filled" | "units"> {
  return {
    communities: units.reduce((sum, unit) => sum + unit.communities, 0),
    filled: units.reduce((sum, unit) => sum + unit.filled, 0),
    units,
  };
}

function byUnit(rows: readonly FigureRow[]): Map<number, FigureRow> {
  return new Map(rows.map((row) => [row.unitId, row]));
}
