import { distance } from "fastest-levenshtein";
import { UnitError } from "./errors.ts";
import { codesByRegion } from "./place-history.ts";
import { normalizePlaceName, placeNameForms, withoutCityForm } from "./place-name.ts";
import type { Scope, ScopeRequest, UnitScopeKind } from "./scope.ts";
import type { Level } from "./sync-plan.ts";

/** One municipality with everything above it: what a scope is resolved against. */
export interface PlaceRow {
  municipalityId: number;
  municipalityCode: string;
  municipalityName: string;
  provinceId: number;
  provinceCode: string;
  provinceName: string;
  regionCode: string;
  regionName: string;
}

interface Unit {
  code: string;
  name: string;
  parent: string;
  municipalityIds: number[];
  provinceIds: number[];
}

/** Digits of a PSGC code that tell the units of a level apart; people often leave out the zeros behind them. */
const CODE_DIGITS: Record<UnitScopeKind, number> = { region: 2, province: 5, municipality: 7 };

/**
 * Turns the units that a person named into ids.
 *
 * @throws UnitError naming the nearest candidates where a unit is unknown or its name is not unique
 */
export function resolveScope(request: Extract<ScopeRequest, { units: string[] }>, places: readonly PlaceRow[]): Scope {
  const units = unitsOf(request.kind, places);
  const found = [...new Set(request.units.map((text) => findUnit(request.kind, text, units)))];
  return {
    kind: request.kind,
    units: found.map((unit) => unit.code),
    names: found.map((unit) => unit.name),
    municipalityIds: found.flatMap((unit) => unit.municipalityIds),
    provinceIds: [...new Set(found.flatMap((unit) => unit.provinceIds))],
  };
}

/** One unit of a level that has coverages. */
export interface LevelUnit {
  level: Level;
  unitId: number;
  code: string;
  name: string;
  parent: string;
  /** The province-level unit above a municipality, or the unit itself. */
  provinceId: number;
}

/**
 * Finds the one municipality or province-level unit that a person named.
 *
 * @param levels where to look; a code such as 1380100000 stands for a city and for its province-level unit
 * @throws UnitError where it is unknown, ambiguous, or stands for units of both levels
 */
export function findLevelUnit(text: string, levels: readonly Level[], places: readonly PlaceRow[]): LevelUnit {
  const found = levels.map((level) => ({ level, units: matches(level, text, unitsOf(level, places)) }));
  const hits = found.flatMap(({ level, units }) => units.map((unit) => ({ level, unit })));
  const [hit] = hits;
  if (hit === undefined)
    return toLevelUnit(levels[0] as Level, findUnit(levels[0] as Level, text, unitsOf(levels[0] as Level, places)));
  if (hits.length > 1 && found.every(({ units }) => units.length === 1)) {
    throw new UnitError(
      "UNIT_AMBIGUOUS",
      `"${text}" is both a municipality and a province-level unit`,
      `Add --level municipality or --level province: ${hits.map(({ level, unit }) => `${level} ${unit.code} ${describe(unit)}`).join("; ")}`,
    );
  }
  if (hits.length > 1)
    throw ambiguous(
      "municipality or province",
      text,
      hits.map(({ unit }) => unit),
    );
  return toLevelUnit(hit.level, hit.unit);
}

function toLevelUnit(level: Level, unit: Unit): LevelUnit {
  const { code, name, parent, provinceIds, municipalityIds } = unit;
  const provinceId = provinceIds[0] as number;
  return {
    level,
    code,
    name,
    parent,
    provinceId,
    unitId: level === "province" ? provinceId : (municipalityIds[0] as number),
  };
}

function unitsOf(kind: UnitScopeKind, places: readonly PlaceRow[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const place of places) {
    const [code, name, parent] = {
      region: [place.regionCode, place.regionName, ""],
      province: [place.provinceCode, place.provinceName, place.regionName],
      municipality: [place.municipalityCode, place.municipalityName, place.provinceName],
    }[kind] as [string, string, string];
    const unit = units.get(code) ?? { code, name, parent, municipalityIds: [], provinceIds: [] };
    unit.municipalityIds.push(place.municipalityId);
    if (!unit.provinceIds.includes(place.provinceId)) unit.provinceIds.push(place.provinceId);
    units.set(code, unit);
  }
  return [...units.values()];
}

function findUnit(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit {
  const candidates = matches(kind, text, units);
  if (candidates.length === 1) return candidates[0] as Unit;
  if (candidates.length > 1) throw ambiguous(kind, text, candidates);
  throw new UnitError(
    "UNIT_UNKNOWN",
    `no ${kind} has the code or name "${text}"`,
    units.length === 0
      ? "The database has no geography yet. Run: obc-sync import geography"
      : `The nearest are: ${list(nearest(text, units))}`,
  );
}

function ambiguous(kind: string, text: string, candidates: readonly Unit[]): UnitError {
  return new UnitError(
    "UNIT_AMBIGUOUS",
    `${candidates.length} units are a ${kind} named "${text}"`,
    `Give the code, or the name with its parent ("${describe(candidates[0] as Unit)}"): ${list(candidates)}`,
  );
}

/** By code, else by the whole name, else by looser forms of it; the first rung that has any answer decides. */
function matches(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  if (/^\d+$/.test(text.trim())) {
    const digits = CODE_DIGITS[kind];
    // "Region 9" has the code 09.
    const code = kind === "region" ? text.trim().padStart(digits, "0") : text.trim();
    const isMeant = (own: string) => own === code || (code.length === digits && own.startsWith(code));
    const found = units.filter((unit) => isMeant(unit.code));
    return found.length > 0 ? found : units.filter((unit) => formerCodes(kind, unit).some(isMeant));
  }
  const wanted = normalizePlaceName(text);
  const rungs: Array<(unit: Unit) => boolean> = [
    (unit) => normalizePlaceName(unit.name) === wanted,
    (unit) => normalizePlaceName(describe(unit)) === wanted,
    (unit) => placeNameForms(unit.name).includes(wanted),
    (unit) => withoutCityForm(unit.name) === withoutCityForm(text),
    (unit) => normalizePlaceName(`${withoutCityForm(unit.name)} ${unit.parent}`) === wanted,
  ];
  for (const rung of rungs) {
    const found = units.filter(rung);
    if (found.length > 0) return found;
  }
  return [];
}

/** What a unit's code is in editions that have its province in another region. */
function formerCodes(kind: UnitScopeKind, { code, name, parent }: Unit): string[] {
  if (kind === "region") return [];
  return codesByRegion(code, kind === "province" ? name : parent);
}

function nearest(text: string, units: readonly Unit[]): Unit[] {
  const wanted = normalizePlaceName(text);
  return units
    .map((unit) => ({
      unit,
      edits: Math.min(...[unit.code, ...placeNameForms(unit.name)].map((form) => distance(form, wanted))),
    }))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, 3)
    .map(({ unit }) => unit);
}

function describe(unit: Unit): string {
  return unit.parent === "" ? unit.name : `${unit.name}, ${unit.parent}`;
}

function list(units: readonly Unit[]): string {
  const shown = units.slice(0, 10).map((unit) => `${unit.code} ${describe(unit)}`);
  const rest = units.length - shown.length;
  return shown.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}
