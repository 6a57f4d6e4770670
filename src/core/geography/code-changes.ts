import { PLACE_LEVELS, type PlaceLevel } from "./geography-diff.ts";
import type { CodedPlace, StoredPlace, UncodedPlace } from "./stored-place.ts";

/** A PSGC code as it is stored for a place. */
export interface StoredCode {
  level: PlaceLevel;
  unitId: number;
  psgcCode: string;
}

/** What an import of the geography does to the PSGC codes of the places of an application. */
export interface CodeChange {
  level: PlaceLevel;
  /** Code and name as the application has them; both "" where the place no longer exists. */
  code: string;
  name: string;
  action: "created" | "updated" | "removed";
  before: string | null;
  after: string | null;
}

/** The part of the report of an import that only one into the tables of an application has. */
export interface CodesReport {
  changes: CodeChange[];
  /** The places whose PSGC code could not be found. */
  unplaced: Array<Pick<UncodedPlace, "level" | "code" | "name" | "parent" | "message">>;
  /** By level, the number of places with a PSGC code, and of units of the edition that no place has. */
  placed: Record<PlaceLevel, number>;
  unused: Record<PlaceLevel, number>;
}

export interface CodesDiff {
  changes: CodeChange[];
  /** The rows to delete, those to be replaced included. */
  removed: StoredCode[];
  written: StoredCode[];
  unchanged: number;
}

/** Compares the PSGC codes that were found with those that are stored. */
export function diffCodes(
  stored: readonly StoredCode[],
  places: readonly StoredPlace[],
  coded: readonly CodedPlace[],
): CodesDiff {
  const placeOf = new Map(places.map((place) => [keyOf(place.level, place.id), place]));
  const before = new Map(stored.map((row) => [keyOf(row.level, row.unitId), row]));
  const diff: CodesDiff = { changes: [], removed: [], written: [], unchanged: 0 };
  const found = new Set<string>();
  for (const { level, id, code, name, psgcCode } of coded) {
    const key = keyOf(level, id);
    const earlier = before.get(key);
    found.add(key);
    if (earlier?.psgcCode === psgcCode) {
      diff.unchanged += 1;
      continue;
    }
    if (earlier !== undefined) diff.removed.push(earlier);
    diff.written.push({ level, unitId: id, psgcCode });
    const action = earlier === undefined ? "created" : "updated";
    diff.changes.push({ level, code, name, action, before: earlier?.psgcCode ?? null, after: psgcCode });
  }
  for (const row of stored) {
    const key = keyOf(row.level, row.unitId);
    if (found.has(key)) continue;
    const { code = "", name = "" } = placeOf.get(key) ?? {};
    diff.removed.push(row);
    diff.changes.push({ level: row.level, code, name, action: "removed", before: row.psgcCode, after: null });
  }
  return diff;
}

export function countByLevel(units: ReadonlyArray<{ level: PlaceLevel }>): Record<PlaceLevel, number> {
  const counts = PLACE_LEVELS.map((level) => [level, units.filter((unit) => unit.level === level).length]);
  return Object.fromEntries(counts) as Record<PlaceLevel, number>;
}

function keyOf(level: PlaceLevel, id: number): string {
  return `${level} ${id}`;
}
