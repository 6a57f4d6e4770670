import { FIELDS } from "../fields.ts";
import { COMMUNITY_COLUMNS } from "../records/community.ts";
import { coverageColumns } from "../records/coverage.ts";
import { LEVELS, type Level } from "../sync/level.ts";
import type { UnitValue } from "../sync/unit-change.ts";

/** The levels of coverages that people read, from the top down. A region's is the sum of its provinces' coverages. */
export const FIGURE_LEVELS = ["region", "province", "municipality"] as const;

export type FigureLevel = (typeof FIGURE_LEVELS)[number] | "community";

export const LEVEL_PLURALS: Record<FigureLevel, string> = {
  region: "regions",
  province: "provinces",
  municipality: "municipalities",
  community: "communities",
};

/** One community or coverage, with the names and codes of its unit and of the units above. */
export interface FigureRow {
  level: FigureLevel;
  /** Id of the region, province, municipality or barangay. */
  unitId: number;
  /** By column: those of `placeColumns`, `FLAGS` and `figureColumns`, `psgc_code`, and `kind` of a province or municipality. */
  values: Record<string, UnitValue>;
}

const PLACES: Record<FigureLevel, readonly string[]> = {
  region: ["region"],
  province: ["region", "province"],
  municipality: ["region", "province", "municipality"],
  community: ["region", "province", "municipality", "barangay"],
};

/** The columns that name a unit and the units above it: the names, then the codes, each from the region down. */
export function placeColumns(level: FigureLevel): string[] {
  return [...PLACES[level], ...PLACES[level].map((place) => `${place}_code`)];
}

/**
 * The state of a row: auto_sync (false for a manual coverage; null for a community and a region) and is_deleted (true if
 * it is archived) are booleans, deleted_at and updated_at times in ISO 8601, in UTC. A region has the latest updated_at of
 * its provinces.
 */
export const FLAGS = ["auto_sync", "is_deleted", "deleted_at", "updated_at"] as const;

const REGION_COLUMNS = ["total_provinces", "total_municipalities", "total_obc_communities", ...FIELDS];

/** The figures and texts of a row, ordered as in the registry of fields. */
export function figureColumns(level: FigureLevel): readonly string[] {
  if (level === "community") return COMMUNITY_COLUMNS;
  return isStoredLevel(level) ? coverageColumns(level) : REGION_COLUMNS;
}

export function isStoredLevel(level: FigureLevel): level is Level {
  return (LEVELS as readonly string[]).includes(level);
}
