import { unitKey } from "../core/places/place-history.ts";
import type { PlaceKind } from "../core/places/place-kind.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { openQuickly } from "../db/connection/open-quickly.ts";
import { type NamedPlace, readPlaceNames } from "../db/places/place-name-reader.ts";

export interface PlaceName {
  /** A name or code by which every command finds the place. */
  value: string;
  description: string;
}

/**
 * The places whose name begins with a text, in any case, or whose code does. Reads the database without the other parts
 * of the program, for completion; writes nothing, also none of SQLite's files beside a database.
 *
 * @param timeoutMs how long to wait for a server, and for a lock
 * @throws any error, also of the driver
 */
export async function placeNames(
  setting: string,
  kind: PlaceKind,
  beginning: string,
  timeoutMs: number,
): Promise<PlaceName[]> {
  const location = parseDatabaseLocation(setting);
  const database = await openQuickly(location, timeoutMs);
  try {
    const [name = ""] = beginning.split(",");
    const places = await readPlaceNames(database, kind, name.trim(), location.kind);
    return /^\d/.test(beginning) ? places.map(byCode) : byName(kind, places);
  } finally {
    await database.close();
  }
}

function byCode({ code, name, parent }: NamedPlace): PlaceName {
  return { value: code, description: parent === "" ? name : `${name}, ${parent}` };
}

function byName(kind: PlaceKind, places: readonly NamedPlace[]): PlaceName[] {
  if (kind === "community") {
    return places.map(({ code, name, parent, namesakes }) => {
      const text = `${name}, ${parent}`;
      return namesakes === 1 ? { value: text, description: code } : { value: code, description: text };
    });
  }
  // As a command compares names: "San Fernando" may also mean "City of San Fernando".
  const counts = new Map<string, number>();
  for (const { name } of places) counts.set(unitKey(name), (counts.get(unitKey(name)) ?? 0) + 1);
  return places.map(({ code, name, parent }) => {
    const isUnique = counts.get(unitKey(name)) === 1 || parent === "";
    return { value: isUnique ? name : `${name}, ${parent}`, description: isUnique ? parent : code };
  });
}
