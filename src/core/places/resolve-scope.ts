import { distance } from "fastest-levenshtein";
import { UnitError } from "../errors.ts";
import { grouped } from "../grouped.ts";
import type { Level, LevelUnit } from "../sync/level.ts";
import type { Scope, ScopeRequest, UnitScopeKind } from "../sync/scope.ts";
import { PSGC_CODES_UNKNOWN } from "./code-kind.ts";
import { describeUnit, matchUnits, type NamedUnit } from "./match-units.ts";
import { noteKey, regionDigits, unitKey } from "./place-history.ts";

/** One municipality with the units above it; null where a region or a province-level unit has nothing beneath it. */
export interface PlaceRow {
  municipalityId: number | null;
  municipalityCode: string | null;
  /** The PSGC codes, null where they are unknown. */
  municipalityPsgc: string | null;
  municipalityName: string | null;
  provinceId: number | null;
  provinceCode: string | null;
  provincePsgc: string | null;
  provinceName: string | null;
  regionCode: string;
  regionPsgc: string | null;
  regionName: string;
}

interface Unit extends NamedUnit {
  municipalityIds: number[];
  provinceIds: number[];
  /** Of the first of its provinces; "" if it has none. */
  provinceCode: string;
}

/**
 * Resolves the units that the user named to ids.
 *
 * @throws UnitError listing candidates where a unit is unknown or its name is not unique
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

/**
 * Finds the one municipality or province-level unit that the user named.
 *
 * @param levels levels to search; a code such as 1380100000 is that of a city and of its province-level unit
 * @throws UnitError where it is unknown, ambiguous, or matches units of both levels
 */
export function findLevelUnit(text: string, levels: readonly Level[], places: readonly PlaceRow[]): LevelUnit {
  const found = levels.map((level) => ({ level, units: matchUnits(level, text, unitsOf(level, places)) }));
  const hits = found.flatMap(({ level, units }) => units.map((unit) => ({ level, unit })));
  const [hit] = hits;
  if (hit === undefined)
    return toLevelUnit(levels[0] as Level, findUnit(levels[0] as Level, text, unitsOf(levels[0] as Level, places)));
  if (hits.length > 1 && found.every(({ units }) => units.length === 1)) {
    throw new UnitError(
      "UNIT_AMBIGUOUS",
      `"${text}" is both a municipality and a province-level unit`,
      `Add --level municipality or --level province: ${hits.map(({ level, unit }) => `${level} ${unit.code} ${describeUnit(unit)}`).join("; ")}`,
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
  const { code, name, parent, provinceIds, provinceCode, municipalityIds } = unit;
  const provinceId = provinceIds[0] as number;
  return {
    level,
    code,
    name,
    parent,
    provinceId,
    provinceCode,
    unitId: level === "province" ? provinceId : (municipalityIds[0] as number),
  };
}

function unitsOf(kind: UnitScopeKind, places: readonly PlaceRow[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const place of places) {
    const { regionCode, regionName, regionPsgc, provinceCode, provinceName, provincePsgc } = place;
    const [code, psgcCode, name, parent] = {
      region: [regionCode, regionPsgc, regionName, ""],
      province: [provinceCode, provincePsgc, provinceName, regionName],
      municipality: [place.municipalityCode, place.municipalityPsgc, place.municipalityName, provinceName],
    }[kind] as [string | null, string | null, string, string];
    if (code === null) continue;
    const regions = regionDigits(provincePsgc ?? regionPsgc, regionName);
    const named = { code, psgcCode, regions, name, parent };
    const unit = units.get(code) ?? {
      ...named,
      municipalityIds: [],
      provinceIds: [],
      provinceCode: provinceCode ?? "",
    };
    if (place.municipalityId !== null) unit.municipalityIds.push(place.municipalityId);
    if (place.provinceId !== null && !unit.provinceIds.includes(place.provinceId))
      unit.provinceIds.push(place.provinceId);
    units.set(code, unit);
  }
  return [...units.values()];
}

function findUnit(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit {
  const candidates = matchUnits(kind, text, units);
  if (candidates.length === 1) return candidates[0] as Unit;
  if (candidates.length > 1) throw ambiguous(kind, text, candidates);
  throw new UnitError(
    "UNIT_UNKNOWN",
    `no ${kind} has the code or name "${text}"`,
    units.length === 0 ? `The database has no ${kind}.` : hintFor(text, units),
  );
}

function hintFor(text: string, units: readonly Unit[]): string {
  const uncoded = isDigits(text) ? units.filter(({ psgcCode }) => psgcCode === null).length : 0;
  if (uncoded === units.length) return PSGC_CODES_UNKNOWN;
  const similar = `Most similar: ${list(nearest(text, units))}`;
  return uncoded === 0
    ? similar
    : `Not every place has its PSGC code: give the code in the database, or the name. ${similar}`;
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text.trim());
}

function ambiguous(kind: string, text: string, candidates: readonly Unit[]): UnitError {
  return new UnitError(
    "UNIT_AMBIGUOUS",
    `${kind} "${text}" is ambiguous: ${grouped(candidates.length)} units match`,
    `Give the code, or the name with its parent ("${describeUnit(candidates[0] as Unit)}"): ${list(candidates)}`,
  );
}

function nearest(text: string, units: readonly Unit[]): Unit[] {
  const byDigits = isDigits(text);
  const wanted = byDigits ? text.trim() : unitKey(text.split(",")[0] ?? "");
  const code = text.trim().toLowerCase();
  const edits = (unit: Unit) => {
    const names = [unitKey(unit.name), noteKey(unit.name)].filter((form) => form !== "");
    const forms = byDigits ? [unit.psgcCode ?? unit.code] : names;
    return Math.min(distance(unit.code.toLowerCase(), code), ...forms.map((form) => distance(form, wanted)));
  };
  return units
    .map((unit) => ({ unit, edits: edits(unit) }))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, 3)
    .map(({ unit }) => unit);
}

function list(units: readonly Unit[]): string {
  const shown = units.slice(0, 10).map((unit) => `${unit.code} ${describeUnit(unit)}`);
  const rest = units.length - shown.length;
  return shown.join("; ") + (rest > 0 ? `; and ${grouped(rest)} more` : "");
}
