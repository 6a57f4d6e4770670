import { exactFigure } from "../../core/figures/exact-figure.ts";
import { type FigureRow, figureColumns } from "../../core/figures/figure-row.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { UnitValue } from "../../core/sync/unit-change.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import type { FigureFilter } from "./community-figures.ts";
import { figureRows, selectPlaces } from "./figure-rows.ts";
import { type Past, pastRows, readPastFigures } from "./past-figures.ts";

type Sums = Record<string, UnitValue>;

/**
 * The sums of the province coverages of each region as they stood at a point in the past, as `readCoverageFigures` has them
 * of today, ordered by code.
 *
 * @throws DatabaseError from the generator, where a sum exceeds 2^53
 */
export async function* readPastRegions(
  session: Session,
  scope: Scope,
  filter: FigureFilter,
  past: Past,
): AsyncGenerator<FigureRow> {
  const sums = new Map<string, Sums>();
  const unknown: Array<{ region: string; column: string }> = [];
  for await (const { row, existed, foreign } of pastRows(session, "province", scope, EVERY_PROVINCE, past)) {
    if (!existed || row.values.is_deleted === true) continue;
    const region = String(row.values.region_code);
    sums.set(region, added(sums.get(region) ?? { total_provinces: 0 }, row.values));
    if (foreign !== "unknown") continue;
    for (const column of SUMMED) if ((row.values[column] ?? null) === null) unknown.push({ region, column });
  }
  // Without the figure of one province, the sum of a region is not known.
  for (const { region, column } of unknown) (sums.get(region) as Sums)[column] = null;
  const chosen = filter.changedBy === null ? null : await changedRegions(session, scope, filter, past);
  const { sql } = session.dialect;
  const query = selectPlaces(session, "region", sql.from(aliased(session, "regions", "region"))).orderBy("region.code");
  for await (const row of figureRows(session, "region", query)) {
    const code = String(row.values.region_code);
    const figures = sums.get(code);
    if (figures === undefined || chosen?.has(code) === false) continue;
    Object.assign(row.values, { auto_sync: null, is_deleted: null, deleted_at: null, updated_at: null }, figures);
    yield row;
  }
}

const EVERY_PROVINCE: FigureFilter = { archived: true, changedBy: null };

const SUMMED = figureColumns("region").slice(1);

async function changedRegions(
  session: Session,
  scope: Scope,
  { changedBy }: FigureFilter,
  past: Past,
): Promise<Set<string>> {
  const regions = new Set<string>();
  for await (const { values } of readPastFigures(session, "province", scope, { archived: true, changedBy }, past)) {
    regions.add(String(values.region_code));
  }
  return regions;
}

/** Null where every summand is null. */
function added(sums: Sums, province: Sums): Sums {
  const total: Sums = { total_provinces: Number(sums.total_provinces) + 1 };
  for (const column of SUMMED) {
    const [sum, value] = [sums[column] ?? null, province[column] ?? null];
    total[column] = sum === null || value === null ? (sum ?? value) : exactFigure(Number(sum) + Number(value), column);
  }
  return total;
}
