import type { PlaceLevel } from "./geography-diff.ts";

/** A place of an application, with codes of its own. */
export interface StoredPlace {
  level: PlaceLevel;
  id: number;
  code: string;
  name: string;
  /** The id of the unit above it; null for a region. */
  parentId: number | null;
}

/** A place with its PSGC code. */
export interface CodedPlace extends StoredPlace {
  psgcCode: string;
}

/** A place whose PSGC code its name does not show. */
export interface UncodedPlace extends StoredPlace {
  /** Name of the unit above it; "" above a region. */
  parent: string;
  message: string;
}
