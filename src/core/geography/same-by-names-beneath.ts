import { lettersOf } from "../places/place-words.ts";
import type { StoredPlace } from "./stored-place.ts";

/** At least this many places beneath, and this share of those of either, must have the same names. */
const LEAST_PLACES = 5;
const LEAST_SHARE = 0.8;

/** A unit of the PSGC, and the names of those beneath it. */
export interface UnitWithNames {
  code: string;
  names: readonly string[];
}

/**
 * The stored places that have the names of one unit of the PSGC beneath them, each with the code of the unit, if no other
 * stored place has them.
 */
export function sameByNamesBeneath(
  places: ReadonlyArray<{ place: StoredPlace; names: readonly string[] }>,
  candidates: (place: StoredPlace) => readonly UnitWithNames[],
): Array<[StoredPlace, string]> {
  const same = places.flatMap(({ place, names }) => {
    const letters = new Set(names.map(lettersOf));
    const alike = candidates(place).filter((unit) => {
      const others = new Set(unit.names.map(lettersOf));
      const common = [...letters].filter((name) => others.has(name)).length;
      return common >= LEAST_PLACES && common >= LEAST_SHARE * Math.max(letters.size, others.size);
    });
    return alike.length === 1 ? [[place, (alike[0] as UnitWithNames).code] as [StoredPlace, string]] : [];
  });
  return same.filter(([, code]) => same.filter(([, other]) => other === code).length === 1);
}
