import { boundaryKey } from "../../../core/boundaries/boundary.ts";
import type { FigureRow } from "../../../core/figures/figure-row.ts";
import { readBoundaryFile } from "../../../files/boundaries/boundary-file.ts";
import type { GeometryOf } from "../../../files/out/geojson-export.ts";

/**
 * The borders of a file by the PSGC code of their unit.
 *
 * @throws InputError where the file cannot be used
 */
export function borderOf(path: string): GeometryOf {
  const byCode = new Map<string, ReturnType<GeometryOf>>();
  for (const { units, geometry } of readBoundaryFile(path).shapes) {
    for (const code of units) for (const key of [code, boundaryKey(code)]) byCode.set(key, geometry);
  }
  return ({ level, values: { psgc_code: code } }: FigureRow) => {
    if (typeof code !== "string") return null;
    // Without its first two digits, nothing is left of the code of a region.
    return byCode.get(code) ?? (level === "region" ? null : (byCode.get(boundaryKey(code)) ?? null));
  };
}
