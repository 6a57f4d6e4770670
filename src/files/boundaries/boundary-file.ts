import { readFileSync } from "node:fs";
import type { Feature, FeatureCollection } from "geojson";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import type { Boundaries, Boundary, BoundaryGeometry } from "../../core/boundaries/boundary.ts";
import { InputError } from "../../core/errors.ts";
import { parsePsgcCode } from "../../core/places/psgc-code.ts";
import { assertRegularFile } from "../open-file.ts";

/** Borders of all barangays in full detail are larger; a page would be too. */
const MAX_BYTES = 256 * 1024 ** 2;

/** The properties that may have the PSGC code of a feature, in this order. The `id` of the feature comes last. */
const CODE_PROPERTIES = ["psgc", "psgc_code", "code", "adm3_psgc", "adm2_psgc", "adm3_pcode", "adm2_pcode"];
const NAME_PROPERTIES = ["name", "adm3_en", "adm2_en", "shapename"];

/**
 * Reads borders from a GeoJSON or TopoJSON file. Each feature names its unit by its PSGC code.
 *
 * @throws InputError where the file is neither, or no feature has a code
 */
export function readBoundaryFile(path: string): Boundaries {
  if (assertRegularFile(path).size > MAX_BYTES) throw notBoundaries(path, "it is larger than 256 MiB");
  const features = featuresOf(path, parsed(path)).filter(hasArea);
  const shapes = features.map(boundaryOf).filter((shape) => shape !== null);
  if (shapes.length === 0) {
    throw notBoundaries(path, `none of its ${features.length} polygons has a PSGC code of ten digits`);
  }
  return { source: path, shapes, withoutUnit: features.length - shapes.length };
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw notBoundaries(path, (cause as Error).message);
  }
}

function featuresOf(path: string, value: unknown): Feature[] {
  const { type } = (value ?? {}) as { type?: unknown };
  try {
    if (type === "FeatureCollection") return (value as FeatureCollection).features;
    if (type === "Topology") {
      const topology = value as Topology;
      return Object.values(topology.objects).flatMap((object) => {
        const found = feature(topology, object);
        return found.type === "FeatureCollection" ? found.features : [found];
      });
    }
  } catch (cause) {
    throw notBoundaries(path, (cause as Error).message);
  }
  throw notBoundaries(path, "neither a FeatureCollection nor a Topology");
}

function hasArea(candidate: Feature): candidate is Feature<BoundaryGeometry> {
  return (
    (candidate?.geometry?.type === "Polygon" || candidate?.geometry?.type === "MultiPolygon") &&
    Array.isArray(candidate.geometry.coordinates)
  );
}

function boundaryOf({ id, properties, geometry }: Feature<BoundaryGeometry>): Boundary | null {
  const values = new Map(Object.entries(properties ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
  const cells = [...CODE_PROPERTIES.map((key) => values.get(key)), id];
  const code = cells.map(codeOf).find((found) => found !== null);
  if (code === undefined) return null;
  const name = NAME_PROPERTIES.map((key) => values.get(key)).find((found) => typeof found === "string");
  return { name: name ?? "", units: [code], geometry };
}

/** OCHA's place codes are PSGC codes with two letters before them. */
function codeOf(cell: unknown): string | null {
  return typeof cell === "string" || typeof cell === "number" ? parsePsgcCode(String(cell).replace(/^PH/i, "")) : null;
}

function notBoundaries(path: string, why: string): InputError {
  return new InputError(
    `${path} cannot be used as borders (${why})`,
    "Give GeoJSON or TopoJSON whose polygons have PSGC codes of ten digits: docs/boundaries.md names the properties.",
  );
}
