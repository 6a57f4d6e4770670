import { type GeoPermissibleObjects, type GeoProjection, geoMercator, geoPath } from "d3-geo";
import type { Boundary } from "../../../core/boundaries/boundary.ts";

/** A shape as the path of an SVG, and where it is. */
export interface DrawnShape<Shape> {
  shape: Shape;
  path: string;
  center: [x: number, y: number];
}

export interface Drawing<Shape> {
  width: number;
  height: number;
  shapes: Array<DrawnShape<Shape>>;
}

const MOST_HEIGHT = 900;

/**
 * Draws shapes so that those in focus fill the picture. Others are drawn where they are in the picture.
 *
 * @param width in pixels; the height follows from the shapes in focus
 * @param margin around the shapes in focus
 */
export function drawShapes<Shape extends Boundary>(
  shapes: readonly Shape[],
  inFocus: (shape: Shape) => boolean,
  width: number,
  margin: number,
): Drawing<Shape> {
  const focus = shapes.filter(inFocus).map(({ geometry }) => geometry);
  const collection = { type: "GeometryCollection", geometries: focus } as GeoPermissibleObjects;
  const projection = planarMercator().fitWidth(width - 2 * margin, collection);
  const [[, top], [, bottom]] = geoPath(projection).bounds(collection);
  const height = Math.round(Math.min(bottom - top + 2 * margin, MOST_HEIGHT));
  projection.fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    collection,
  );
  return { width, height, shapes: shapes.flatMap((shape) => drawn(shape, projection, width, height)) };
}

/** Without clipping on the sphere, which takes a ring of the other direction for the rest of the world. */
function planarMercator(): GeoProjection {
  return geoMercator()
    .preclip((stream) => stream)
    .precision(0);
}

function drawn<Shape extends Boundary>(
  shape: Shape,
  projection: GeoProjection,
  width: number,
  height: number,
): Array<DrawnShape<Shape>> {
  const path = geoPath(projection).digits(1);
  const [[left, top], [right, bottom]] = path.bounds(shape.geometry);
  if (right < 0 || bottom < 0 || left > width || top > height) return [];
  const text = path(shape.geometry);
  return text === null ? [] : [{ shape, path: text, center: path.centroid(shape.geometry) }];
}
