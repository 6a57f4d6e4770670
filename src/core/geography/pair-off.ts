/** Something that a stored place may mean. A lower rank is a stricter match. */
export interface Meaning<Unit> {
  unit: Unit;
  rank: number;
}

export interface PairedOff<Place, Unit> {
  pairs: Array<[Place, Unit]>;
  /** The places without a unit, with the units that they may mean: several, or one that other places may mean too. */
  left: Array<{ place: Place; units: Unit[] }>;
}

/**
 * Pairs each place with the one unit that it means, if no other place means it: the strictest matches first, so that
 * "San Jose" is San Jose, although "San Jose (Pob.)" might be. Two places of one name stay without a unit.
 *
 * @param taken units that other places have; those of the pairs are added
 */
export function pairOff<Place, Unit>(
  places: readonly Place[],
  meanings: (place: Place) => ReadonlyArray<Meaning<Unit>>,
  taken: Set<Unit>,
): PairedOff<Place, Unit> {
  const pairs: PairedOff<Place, Unit>["pairs"] = [];
  let open = places.map((place) => ({ place, meanings: meanings(place) }));
  const ranks = [...new Set(open.flatMap((entry) => entry.meanings.map(({ rank }) => rank)))].sort((a, b) => a - b);
  for (const rank of ranks) {
    const free = open.map(({ place, meanings: all }) => ({
      place,
      units: all.filter((meaning) => meaning.rank <= rank && !taken.has(meaning.unit)).map(({ unit }) => unit),
    }));
    const claims = new Map<Unit, number>();
    for (const { units } of free) for (const unit of units) claims.set(unit, (claims.get(unit) ?? 0) + 1);
    const paired = new Set<Place>();
    for (const { place, units } of free) {
      const [unit] = units;
      if (units.length !== 1 || unit === undefined || claims.get(unit) !== 1) continue;
      pairs.push([place, unit]);
      taken.add(unit);
      paired.add(place);
    }
    open = open.filter(({ place }) => !paired.has(place));
  }
  const left = open.map(({ place, meanings: all }) => ({
    place,
    units: all.filter(({ unit }) => !taken.has(unit)).map(({ unit }) => unit),
  }));
  return { pairs, left };
}
