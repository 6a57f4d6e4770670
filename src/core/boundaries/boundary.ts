/** A polygon in degrees (WGS 84), as GeoJSON has it. */
export type BoundaryGeometry =
  | { type: "Polygon"; coordinates: number[][][] }
  | { type: "MultiPolygon"; coordinates: number[][][][] };

/** A shape of a map, and the units that it belongs to. */
export interface Boundary {
  name: string;
  /** PSGC codes of ten digits: one, more where units share the shape, or none for land without a unit. */
  units: string[];
  geometry: BoundaryGeometry;
}

export interface Boundaries {
  /** Where the borders come from, for the note below the map. */
  source: string;
  shapes: Boundary[];
  /** Number of features that have no PSGC code and are not drawn. */
  withoutUnit: number;
}

/**
 * What identifies a unit on a map: its code without the two digits of the region, so that borders of another edition fit a
 * unit that has moved to another region.
 */
export function boundaryKey(psgcCode: string): string {
  return psgcCode.slice(2);
}
