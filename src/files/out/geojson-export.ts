import type { BoundaryGeometry } from "../../core/boundaries/boundary.ts";
import { type ExportTable, recordOf } from "../../core/figures/export-table.ts";
import type { FigureRow } from "../../core/figures/figure-row.ts";
import type { Provenance } from "../../core/figures/provenance.ts";
import { inChunks } from "./in-chunks.ts";
import { document } from "./json-export.ts";

/** A place in degrees (WGS 84): longitude, then latitude. */
export interface PointGeometry {
  type: "Point";
  coordinates: [number, number];
}

/** Where a unit is on the map; null where that is unknown. */
export type GeometryOf = (row: FigureRow) => PointGeometry | BoundaryGeometry | null;

/** A point for a community with both coordinates. */
export function pointOf({ values: { longitude, latitude } }: FigureRow): PointGeometry | null {
  if (typeof longitude !== "number" || typeof latitude !== "number") return null;
  return { type: "Point", coordinates: [longitude, latitude] };
}

/**
 * A FeatureCollection (RFC 7946) with a feature for each row, also for those without a geometry, and the member
 * `provenance`. @param onUnplaced called with each row that has no geometry
 */
export function geojsonExport(
  table: ExportTable,
  provenance: Provenance,
  geometryOf: GeometryOf,
  onUnplaced: (row: FigureRow) => void,
): AsyncGenerator<string> {
  const head = { type: "FeatureCollection", name: table.title, provenance };
  return inChunks(document(head, "features", featuresOf(table, geometryOf, onUnplaced)));
}

async function* featuresOf(
  { columns, rows }: ExportTable,
  geometryOf: GeometryOf,
  onUnplaced: (row: FigureRow) => void,
): AsyncGenerator<unknown> {
  for await (const row of rows) {
    const geometry = geometryOf(row);
    if (geometry === null) onUnplaced(row);
    yield { type: "Feature", geometry, properties: recordOf(columns, row) };
  }
}
