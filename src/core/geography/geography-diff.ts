import type { Geography } from "./geography.ts";

/** The four levels of the geography from the top down: parents must be written before their children. */
export const PLACE_LEVELS = ["region", "province", "municipality", "barangay"] as const;

export type PlaceLevel = (typeof PLACE_LEVELS)[number];

/** A unit of any level. Attributes that its level does not have are null. */
export interface Place {
  level: PlaceLevel;
  code: string;
  name: string;
  kind: string | null;
  parentCode: string | null;
  population: number | null;
}

export type PlaceAttribute = "code" | "name" | "kind" | "parentCode" | "population";

const ATTRIBUTES: readonly PlaceAttribute[] = ["code", "name", "kind", "parentCode", "population"];

export interface PlaceChange {
  level: PlaceLevel;
  code: string;
  name: string;
  action: "created" | "updated" | "removed";
  /** The attributes that change; empty unless the action is "updated". */
  fields: Partial<Record<PlaceAttribute, { before: string | number | null; after: string | number | null }>>;
}

export interface GeographyDiff {
  changes: PlaceChange[];
  /** The new state of every unit to insert or update, from the top down. */
  written: Place[];
  removed: Place[];
  /** Units whose code changed because they moved to another region. */
  recoded: Array<{ level: PlaceLevel; from: string; to: string }>;
  unchanged: number;
}

/** All units of an edition, from the top down. */
export function placesOf(geography: Geography): Place[] {
  const blank = { kind: null, parentCode: null, population: null };
  return [
    ...geography.regions.map((unit): Place => ({ ...blank, ...unit, level: "region" })),
    ...geography.provinces.map(
      ({ regionCode, ...unit }): Place => ({ ...blank, ...unit, level: "province", parentCode: regionCode }),
    ),
    ...geography.municipalities.map(
      ({ provinceCode, ...unit }): Place => ({ ...blank, ...unit, level: "municipality", parentCode: provinceCode }),
    ),
    ...geography.barangays.map(
      ({ municipalityCode, ...unit }): Place => ({
        ...blank,
        ...unit,
        level: "barangay",
        parentCode: municipalityCode,
      }),
    ),
  ];
}

/**
 * Compares the stored units with those of an edition. Where the edition has no population, the stored one is kept.
 *
 * Units are matched by code. A unit that moves to another region gets a new code, because the first two digits are the
 * region (Sulu in July 2025: 1906600000 became 0906600000). The other eight digits do not change and are unique in the
 * country, so they identify the unit: it is updated in place and keeps its communities and coverages.
 */
export function diffGeography(stored: readonly Place[], edition: readonly Place[]): GeographyDiff {
  const storedByKey = new Map(stored.map((place) => [key(place), place]));
  const editionKeys = new Set(edition.map(key));
  const dropped = stored.filter((place) => !editionKeys.has(key(place)));
  const droppedByRest = uniqueByRest(dropped);
  const added = uniqueByRest(edition.filter((place) => !storedByKey.has(key(place))));
  const diff: GeographyDiff = { changes: [], written: [], removed: [], recoded: [], unchanged: 0 };
  for (const place of edition) {
    const moved = added.get(keyOfRest(place)) === place ? droppedByRest.get(keyOfRest(place)) : undefined;
    const before = storedByKey.get(key(place)) ?? moved;
    if (moved !== undefined) diff.recoded.push({ level: place.level, from: moved.code, to: place.code });
    const after = { ...place, population: place.population ?? before?.population ?? null };
    const fields = before === undefined ? {} : differences(before, after);
    if (before !== undefined && Object.keys(fields).length === 0) {
      diff.unchanged += 1;
      continue;
    }
    const { level, code, name } = place;
    diff.changes.push({ level, code, name, action: before === undefined ? "created" : "updated", fields });
    diff.written.push(after);
  }
  const recoded = new Set(diff.recoded.map(({ level, from }) => `${level} ${from}`));
  diff.removed = dropped.filter((place) => !recoded.has(key(place)));
  for (const { level, code, name } of diff.removed) {
    diff.changes.push({ level, code, name, action: "removed", fields: {} });
  }
  return diff;
}

function key({ level, code }: Place): string {
  return `${level} ${code}`;
}

/** Key of the eight digits that do not change when a unit moves to another region. */
function keyOfRest({ level, code }: Place): string {
  return `${level} ${code.slice(2)}`;
}

/** Units below the region by those eight digits, where only one unit has them. */
function uniqueByRest(places: readonly Place[]): Map<string, Place> {
  const found = new Map<string, Place | null>();
  for (const place of places) {
    if (place.level !== "region") found.set(keyOfRest(place), found.has(keyOfRest(place)) ? null : place);
  }
  return new Map([...found].filter((entry): entry is [string, Place] => entry[1] !== null));
}

function differences(before: Place, after: Place): PlaceChange["fields"] {
  const fields: PlaceChange["fields"] = {};
  for (const attribute of ATTRIBUTES) {
    if (before[attribute] !== after[attribute])
      fields[attribute] = { before: before[attribute], after: after[attribute] };
  }
  return fields;
}
