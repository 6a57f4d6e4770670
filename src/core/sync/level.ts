/** The levels that have coverages. "province" means any province-level unit. */
export const LEVELS = ["municipality", "province"] as const;

export type Level = (typeof LEVELS)[number];

/** One unit of a level that has coverages. */
export interface LevelUnit {
  level: Level;
  unitId: number;
  code: string;
  name: string;
  parent: string;
  /** The province-level unit above a municipality, or the unit itself. */
  provinceId: number;
  provinceCode: string;
}
