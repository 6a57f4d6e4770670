import { distance } from "fastest-levenshtein";
import { groupBy } from "../group-by.ts";
import { lettersOf } from "../places/place-words.ts";
import type { Geography } from "./geography.ts";
import { PLACE_LEVELS, type Place, type PlaceLevel, placesOf } from "./geography-diff.ts";
import { type Meaning, pairOff } from "./pair-off.ts";
import { PlaceMeanings } from "./place-meanings.ts";
import { sameByNamesBeneath } from "./same-by-names-beneath.ts";
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

/** The levels of places that are known by the names of those beneath, with the level beneath. */
const BENEATH = { province: "municipality", municipality: "barangay" } as const;

type LevelAbove = keyof typeof BENEATH;

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
    if (level === "province" || level === "municipality") {
      this.#matchByNamesBeneath(level, places.filter(isOpen), taken, code);
    }
    const free = units.filter((unit) => !taken.has(unit.code));
    const freeBeneath = groupBy(free, ({ parentCode }) => parentCode);
    for (const { place, units: meant } of left) {
      if (!isOpen(place)) continue;
      const parent = this.#above(place)?.name ?? "";
      const suggestion = () => suggested(place, freeBeneath.get(this.#codeAbove(place)) ?? [], free);
      const message = this.#explain(place, meant.length, suggestion);
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

  /** A place whose name is misspelled, or has changed, is still known by the names of those beneath it. */
  #matchByNamesBeneath(
    level: LevelAbove,
    open: readonly StoredPlace[],
    taken: ReadonlySet<string>,
    code: (place: StoredPlace, psgcCode: string) => void,
  ): void {
    if (open.length === 0) return;
    const beneath = groupBy(this.#stored.get(BENEATH[level]) ?? [], ({ parentId }) => parentId);
    const unitsBeneath = groupBy(this.#units.get(BENEATH[level]) ?? [], ({ parentCode }) => parentCode);
    const namesOf = (places: ReadonlyArray<{ name: string }> = []) => places.map(({ name }) => name);
    const candidates = (this.#units.get(level) ?? [])
      .filter((unit) => !taken.has(unit.code))
      .map((unit) => ({ ...unit, names: namesOf(unitsBeneath.get(unit.code)) }));
    const candidatesIn = groupBy(candidates, ({ parentCode }) => parentCode);
    const pairs = sameByNamesBeneath(
      open.map((place) => ({ place, names: namesOf(beneath.get(place.id)) })),
      (place) => candidatesIn.get(this.#codeAbove(place)) ?? [],
    );
    for (const [place, psgcCode] of pairs) code(place, psgcCode);
  }

  #above({ level, parentId }: StoredPlace): StoredPlace | undefined {
    const above = ABOVE[level];
    return above === null || parentId === null ? undefined : this.#byKey.get(placeKey({ level: above, id: parentId }));
  }

  #codeAbove(place: StoredPlace): string | null {
    const above = this.#above(place);
    return above === undefined ? null : (this.#codes.get(placeKey(above)) ?? null);
  }

  #explain(place: StoredPlace, meant: number, suggestion: () => string): string {
    if (meant > 1) return `${meant} units of the PSGC may have this name`;
    if (meant === 1) return "other places have this name too";
    const above = this.#above(place);
    if (above !== undefined && this.#codeAbove(place) === null) return `its ${above.level} has no PSGC code`;
    const where = above === undefined ? "" : ` in ${above.name}`;
    return `no other unit of the PSGC${where} has this name${suggestion()}`;
  }
}

function byLevel<Unit extends { level: PlaceLevel }>(units: readonly Unit[]): Map<PlaceLevel, Unit[]> {
  return new Map(PLACE_LEVELS.map((level) => [level, units.filter((unit) => unit.level === level)]));
}

/**
 * What a place may be.
 *
 * @param beneath the units beneath its parent that no place has
 * @param anywhere those of the whole country
 */
function suggested({ level, name }: StoredPlace, beneath: readonly Place[], anywhere: readonly Place[]): string {
  const near = nearest(name, beneath);
  if (near !== null) return `; most similar: ${near.code} ${near.name}`;
  // Hundreds of barangays have the same name.
  if (level === "barangay") return "";
  const elsewhere = anywhere.filter((unit) => lettersOf(unit.name) === lettersOf(name));
  return elsewhere.map((unit) => `; elsewhere: ${unit.code} ${unit.name}`).join("");
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
