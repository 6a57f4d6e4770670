import type { Level } from "./level.ts";

/**
 * A unit that a sync leaves out because a sum of it is larger than a coverage may hold. Its stored coverage stays, and so
 * do the change log entries beneath it. The province above such a municipality is left out as well: figures are never
 * negative, so its sum is at least as large.
 */
export interface SyncFinding {
  kind: "figure-too-large";
  level: Level;
  unitId: number;
  code: string;
  name: string;
  /** As in PlannedChange. */
  parent: string;
  /** The sums that are too large, by column: approximate, since a JavaScript number of that size is not exact. */
  fields: Record<string, number>;
  /** The largest figure that a coverage can hold. */
  limit: number;
}

/** The values that exceed `limit`, by column; null where there is none. */
export function tooLargeFigures(
  columns: readonly string[],
  values: ReadonlyArray<string | number | null>,
  limit: number,
): Record<string, number> | null {
  const isTooLarge = (value: string | number | null): value is number =>
    typeof value === "number" && Math.abs(value) > limit;
  if (!values.some(isTooLarge)) return null;
  return Object.fromEntries(
    columns.flatMap((column, index) => {
      const value = values[index] ?? null;
      return isTooLarge(value) ? [[column, value]] : [];
    }),
  );
}
