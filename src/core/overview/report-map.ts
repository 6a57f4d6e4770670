import { type Boundaries, boundaryKey } from "../boundaries/boundary.ts";
import type { ReportMap } from "./figures-report.ts";
import type { FigureName, MunicipalitySummary, OverviewUnit } from "./overview-unit.ts";

/**
 * The map of a report: of provinces, or of municipalities where only one province is in scope and the borders have them.
 *
 * @param inScope every municipality in scope, also those without a community
 */
export function reportMap(
  regions: readonly OverviewUnit[],
  inScope: readonly MunicipalitySummary[],
  column: FigureName,
  boundaries: Boundaries,
): ReportMap {
  const drawn = new Set(boundaries.shapes.flatMap(({ units }) => units.map(boundaryKey)));
  const provinces = regions.flatMap(({ units }) => units);
  const municipalities = provinces.flatMap(({ units }) => units);
  const isDrawn = (unit: { psgcCode: string | null }) =>
    unit.psgcCode !== null && drawn.has(boundaryKey(unit.psgcCode));
  const provincesInScope = new Set(inScope.map(({ provinceId }) => provinceId)).size;
  const hasProvinces = inScope.some(({ provincePsgcCode }) => isDrawn({ psgcCode: provincePsgcCode }));
  const drawnBelow = inScope.filter(isDrawn).length;
  const level = drawnBelow > 1 && (provincesInScope === 1 || !hasProvinces) ? "municipality" : "province";
  const codes = inScope.map(({ psgcCode, provincePsgcCode }) => (level === "province" ? provincePsgcCode : psgcCode));
  const keys = new Set(codes.filter((code) => code !== null).map(boundaryKey));
  return {
    source: boundaries.source,
    withoutUnit: boundaries.withoutUnit,
    level,
    column,
    shapes: boundaries.shapes.map((shape) => ({
      ...shape,
      isInScope: shape.units.some((code) => keys.has(boundaryKey(code))),
    })),
    undrawn: (level === "province" ? provinces : municipalities).filter((unit) => !isDrawn(unit)),
  };
}
