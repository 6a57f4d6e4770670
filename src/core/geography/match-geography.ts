import { distance } from "fastest-levenshtein";
import { groupBy } from "../group-by.ts";
import { lettersOf } from "../places/place-words.ts";
import type { Geography } from "./geography.ts";
import { PLACE_LEVELS, type Place, type PlaceLevel, placesOf } from "./geography-diff.ts";
import { type Meaning, pairOff } from "./pair-off.ts";
import { PlaceMeanings } from "./place-meanings.ts";
import { sameByBarangays } from "./same-by-barangays.ts";
import type { CodedPlace, StoredPlace, UncodedPlace } from "./stored-place.ts";

export interface GeographyMatch {
  coded: CodedPlace[];
  uncoded: UncodedPlace[];
}

/**
 * Finds the PSGC codes of the places of an application by their names, from the top down: a name is looked for beneath
 * the unit that its parent was found to be. A name that two places have, or that two units may have, decides nothing.
 *
 * @param known the codes found before, or set by a person, by placeKey: they stay where the edition has them
 */
export function matchGeography(
  stored: readonly StoredPlace[],
  edition: Geography,
  known: ReadonlyMap<string, string>,
): GeographyMatch {
  return new Matching(stored, edition, known).run();
}

export function placeKey({ level, id }: Pick<StoredPlace, "level" | "id">): string {
  return `${level} ${id}`;
}

const ABOVE: Record<PlaceLevel, PlaceLevel | null> = {
  region: null,
  province: "region",
  municipality: "province",
  barangay: "municipality",
};

/** Below this similarity, a name is not suggested. */
const MIN_LIKENESS = 0.6;

class Matching {
  readonly #stored: ReadonlyMap<PlaceLevel, StoredPlace[]>;
  readonly #byKey: ReadonlyMap<string, StoredPlace>;
  readonly #units: ReadonlyMap<PlaceLevel, Place[]>;
  readonly #known: ReadonlyMap<string, string>;
  readonly #meanings: PlaceMeanings;
  readonly #codes = new Map<string, string>();
  readonly #uncoded: UncodedPlace[] = [];

  constructor(stored: readonly StoredPlace[], edition: Geography, known: ReadonlyMap<string, string>) {
    this.#stored = byLevel(stored);
    this.#byKey = new Map(stored.map((place) => [placeKey(place), place]));
    this.#units = byLevel(placesOf(edition));
    this.#known = known;
    this.#meanings = new PlaceMeanings(edition);
  }

  run(): GeographyMatch {
    for (const level of PLACE_LEVELS) this.#match(level);
    const coded = [...this.#stored.values()].flat().flatMap((place): CodedPlace[] => {
      const psgcCode = this.#codes.get(placeKey(place));
      return psgcCode === undefined ? [] : [{ ...place, psgcCode }];
    });
    return { coded, uncoded: this.#uncoded };
  }

  #match(level: PlaceLevel): void {
    const units = this.#units.get(level) ?? [];
    const codes = new Set(units.map((unit) => unit.code));
    const places = this.#stored.get(level) ?? [];
    const taken = new Set<string>();
    const code = (place: StoredPlace, psgcCode: string) => {
      this.#codes.set(placeKey(place), psgcCode);
      taken.add(psgcCode);
    };
    for (const place of places) {
      const psgcCode = this.#known.get(placeKey(place));
      if (psgcCode !== undefined && codes.has(psgcCode)) code(place, psgcCode);
    }
    const isOpen = (place: StoredPlace) => !this.#codes.has(placeKey(place));
    const { pairs, left } = pairOff(places.filter(isOpen), (place) => this.#meaningsOf(place), taken);
    for (const [place, psgcCode] of pairs) code(place, psgcCode);
    if (level === "municipality") this.#matchByBarangays(places.filter(isOpen), taken, code);
    const free = groupBy(
      units.filter((unit) => !taken.has(unit.code)),
      ({ parentCode }) => parentCode,
    );
    for (const { place, units: meant } of left) {
      if (!isOpen(place)) continue;
      const parent = this.#above(place)?.name ?? "";
      const message = this.#explain(place, meant.length, free.get(this.#codeAbove(place)) ?? []);
      this.#uncoded.push({ ...place, parent, message });
    }
  }

  #meaningsOf(place: StoredPlace): Array<Meaning<string>> {
    const above = this.#codeAbove(place);
    switch (place.level) {
      case "region":
        return this.#meanings.ofRegion(place);
      case "province":
        return this.#meanings.ofProvince(place.name, above);
      case "municipality":
        return this.#meanings.ofMunicipality(place.name, { name: this.#above(place)?.name ?? "", psgcCode: above });
      case "barangay":
        return above === null ? [] : this.#meanings.ofBarangay(place.name, above);
    }
  }

  /** A municipality whose name is misspelled, or has changed, is still known by the names of its barangays. */
  #matchByBarangays(
    open: readonly StoredPlace[],
    taken: ReadonlySet<string>,
    code: (place: StoredPlace, psgcCode: string) => void,
  ): void {
    if (open.length === 0) return;
    const barangaysOf = groupBy(this.#stored.get("barangay") ?? [], ({ parentId }) => parentId);
    const pairs = sameByBarangays(
      open.map((place) => ({ place, names: (barangaysOf.get(place.id) ?? []).map(({ name }) => name) })),
      (place) => this.#meanings.municipalitiesOf(this.#codeAbove(place)).filter((entry) => !taken.has(entry.code)),
    );
    for (const [place, { code: psgcCode }] of pairs) code(place, psgcCode);
  }

  #above({ level, parentId }: StoredPlace): StoredPlace | undefined {
    const above = ABOVE[level];
    return above === null || parentId === null ? undefined : this.#byKey.get(placeKey({ level: above, id: parentId }));
  }

  #codeAbove(place: StoredPlace): string | null {
    const above = this.#above(place);
    return above === undefined ? null : (this.#codes.get(placeKey(above)) ?? null);
  }

  /** @param free the units beneath its parent that no place has */
  #explain(place: StoredPlace, meant: number, free: readonly Place[]): string {
    if (place.level === "barangay" && this.#codeAbove(place) === null) return "its municipality has no PSGC code";
    if (meant > 1) return `${meant} units of the PSGC may have this name`;
    if (meant === 1) return "other places have this name too";
    const near = nearest(place.name, free);
    return `no other unit of the PSGC has this name${near === null ? "" : `; most similar: ${near.code} ${near.name}`}`;
  }
}

function byLevel<Unit extends { level: PlaceLevel }>(units: readonly Unit[]): Map<PlaceLevel, Unit[]> {
  return new Map(PLACE_LEVELS.map((level) => [level, units.filter((unit) => unit.level === level)]));
}

function nearest(name: string, units: readonly Place[]): Place | null {
  const letters = lettersOf(name);
  let best: Place | null = null;
  let bestLikeness = MIN_LIKENESS;
  for (const unit of units) {
    const other = lettersOf(unit.name);
    const likeness = 1 - distance(letters, other) / Math.max(letters.length, other.length, 1);
    if (likeness > bestLikeness) [best, bestLikeness] = [unit, likeness];
  }
  return best;
}
