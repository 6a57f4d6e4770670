import { expect, it } from "vitest";
import { readBoundaryFile } from "../../../src/files/boundaries/boundary-file.ts";
import { loadBundledBoundaries } from "../../../src/files/boundaries/bundled-boundaries.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";
import { written } from "../../helpers/temporary-folder.ts";

const SQUARE = {
  type: "Polygon",
  coordinates: [
    [
      [124, 8],
      [125, 8],
      [125, 9],
      [124, 8],
    ],
  ],
};

function feature(properties: object, id?: string) {
  return { type: "Feature", id, properties, geometry: SQUARE };
}

const collection = (...features: object[]) => JSON.stringify({ type: "FeatureCollection", features });

it("has one bundled shape for each province-level unit", async () => {
  const { provinces } = await loadBundledGeography();
  const { shapes } = await loadBundledBoundaries();
  const drawn = shapes.flatMap(({ units }) => units).sort();
  expect(drawn).toEqual(provinces.map(({ code }) => code).sort());
});

it("reads GeoJSON by any of the usual properties, and counts features without a code", () => {
  const file = written(
    "provinces.geojson",
    collection(
      feature({ ADM2_PCODE: "PH1001300000", ADM2_EN: "Bukidnon" }),
      feature({ psgc_code: 102800000 }),
      feature({}, "1004300000"),
      feature({ name: "no code" }),
    ),
  );
  const { shapes, withoutUnit } = readBoundaryFile(file);
  expect(shapes.map(({ units, name }) => [...units, name])).toEqual([
    ["1001300000", "Bukidnon"],
    ["0102800000", ""],
    ["1004300000", ""],
  ]);
  expect(withoutUnit).toBe(1);
});

it("reads TopoJSON", () => {
  const topology = {
    type: "Topology",
    arcs: [SQUARE.coordinates[0]],
    objects: {
      any: {
        type: "GeometryCollection",
        geometries: [{ type: "Polygon", arcs: [[0]], properties: { code: "1001300000" } }],
      },
    },
  };
  expect(readBoundaryFile(written("a.topojson", JSON.stringify(topology))).shapes[0]?.geometry).toEqual(SQUARE);
});

it.each([
  ["not JSON", "{"],
  ["neither a FeatureCollection nor a Topology", "[]"],
  ["none of its 1 polygons has a PSGC code", collection(feature({ name: "x" }))],
  ["none of its 0 polygons", collection({ type: "Feature", properties: { code: "1001300000" }, geometry: null })],
])("refuses what is %s", (_, text) => {
  expect(() => readBoundaryFile(written("a.json", text))).toThrow("cannot be used as borders");
});
