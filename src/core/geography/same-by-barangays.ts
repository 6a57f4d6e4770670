import type { MunicipalityEntry } from "../places/place-directory.ts";
import { lettersOf } from "../places/place-words.ts";
import type { StoredPlace } from "./stored-place.ts";

/** At least this many barangays, and this share of those of either, must have the same names. */
const LEAST_BARANGAYS = 5;
const LEAST_SHARE = 0.8;

/** The stored municipalities whose barangays are those of one municipality of the PSGC, and of no other stored one. */
export function sameByBarangays(
  places: ReadonlyArray<{ place: StoredPlace; names: readonly string[] }>,
  candidates: (place: StoredPlace) => readonly MunicipalityEntry[],
): Array<[StoredPlace, MunicipalityEntry]> {
  const same = places.flatMap(({ place, names }) => {
    const letters = new Set(names.map(lettersOf));
    const alike = candidates(place).filter(({ barangays }) => {
      const others = new Set(barangays.map(({ name }) => lettersOf(name)));
      const common = [...letters].filter((name) => others.has(name)).length;
      return common >= LEAST_BARANGAYS && common >= LEAST_SHARE * Math.max(letters.size, others.size);
    });
    return alike.length === 1 ? [[place, alike[0]] as [StoredPlace, MunicipalityEntry]] : [];
  });
  return same.filter(([, entry]) => same.filter(([, other]) => other === entry).length === 1);
}
