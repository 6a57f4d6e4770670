import { FIELDS, type Field } from "../fields.ts";
import { exactFigure } from "../figures/exact-figure.ts";

/** The figures of a unit, ordered as in a coverage. */
export const FIGURE_COLUMNS: readonly FigureName[] = ["total_obc_communities", ...FIELDS];

export type FigureName = "total_obc_communities" | Field;

export type FigureValues = Record<FigureName, number | null>;

/**
 * What a unit's figures are: a coverage that sync maintains (automatic) or a person (manual), one that does not count
 * (archived), none, or a sum of the units below. The last is a region, or a province of which only a part is in scope.
 */
export type OverviewState = "automatic" | "manual" | "archived" | "none" | "sum";

export interface OverviewUnit {
  level: "region" | "province" | "municipality";
  code: string;
  /** Null if the unit has none. */
  psgcCode: string | null;
  name: string;
  state: OverviewState;
  /** Of its coverage, or the sum of those below. Null where there is none, where it is archived, and where it is blank. */
  figures: FigureValues;
  /** Communities that are not archived, as they are stored. */
  communities: number;
  /** How many figures these communities have, of `communities` x the number of fields. */
  filled: number;
  /** The units below, ordered by code. */
  units: OverviewUnit[];
}

/** What is stored below a municipality, and what the municipality is called. */
export interface MunicipalitySummary {
  id: number;
  code: string;
  psgcCode: string | null;
  name: string;
  provinceId: number;
  provinceCode: string;
  provincePsgcCode: string | null;
  provinceName: string;
  regionCode: string;
  regionPsgcCode: string | null;
  regionName: string;
  barangays: number;
  archivedCommunities: number;
  /** Over the communities that are not archived. */
  communities: number;
  sums: Record<Field, number | null>;
  filled: Record<Field, number>;
}

export function noFigures(): FigureValues {
  return Object.fromEntries(FIGURE_COLUMNS.map((column) => [column, null])) as FigureValues;
}

/** Null only where every value is. @throws DatabaseError if a sum exceeds 2^53 */
export function sumOf(units: readonly { figures: FigureValues }[], columns = FIGURE_COLUMNS): FigureValues {
  const sums = noFigures();
  for (const { figures } of units) {
    for (const column of columns) {
      const value = figures[column];
      if (value !== null) sums[column] = exactFigure((sums[column] ?? 0) + value, column);
    }
  }
  return sums;
}
