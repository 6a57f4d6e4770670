/**
 * Finds the regions, provinces and municipalities that a user named. Spelling variants and old names are accepted by
 * the same rules as in an import (place-history.ts). Similar spelling is not enough.
 */

import type { UnitScopeKind } from "../sync/scope.ts";
import {
  ALSO_UNDER_PROVINCE,
  codesByRegion,
  MUNICIPALITY_ALIASES,
  noteKey,
  PROVINCE_ALIASES,
  regionsNamed,
  regionsOfProvince,
  unitKey,
} from "./place-history.ts";
import { cutReference, lettersOf } from "./place-words.ts";

export interface NamedUnit {
  /** As stored. */
  code: string;
  /** Null where it is unknown. */
  psgcCode: string | null;
  /** First two digits of its region's PSGC code; several if the region is known by a name of several only. */
  regions: readonly string[];
  name: string;
  /** Name of the unit above it; "" above a region. */
  parent: string;
}

/** Number of leading digits that identify a unit of each level; people often omit the zeros after them. */
const CODE_DIGITS: Record<UnitScopeKind, number> = { region: 2, province: 5, municipality: 7 };

/** Matches by code, stored or of the PSGC; otherwise by the exact name, then by looser rules. The first rule that matches any unit decides. */
export function matchUnits<Unit extends NamedUnit>(kind: UnitScopeKind, given: string, units: readonly Unit[]): Unit[] {
  const text = cutReference(given);
  const stored = withStoredCode(text.trim(), units);
  if (stored.length > 0) return stored;
  if (/^\d+$/.test(text.trim())) return withPsgcCode(kind, text.trim(), units);
  const wanted = lettersOf(text);
  const rules: Array<() => Unit[]> = [
    () => units.filter((unit) => lettersOf(unit.name) === wanted),
    () => units.filter((unit) => lettersOf(describeUnit(unit)) === wanted),
    () => (kind === "region" ? regionsBy(text, units) : withName(kind, text, units)),
    () => withOtherName(kind, text, units),
  ];
  for (const rule of rules) {
    const found = rule();
    if (found.length > 0) return found;
  }
  return [];
}

export function describeUnit({ name, parent }: NamedUnit): string {
  return parent === "" ? name : `${name}, ${parent}`;
}

/** The unit with exactly this code; otherwise those whose codes differ from it in case only. */
function withStoredCode<Unit extends NamedUnit>(text: string, units: readonly Unit[]): Unit[] {
  const exact = units.filter(({ code }) => code === text);
  if (exact.length > 0) return exact;
  const folded = text.toLowerCase();
  return units.filter(({ code }) => code.toLowerCase() === folded);
}

function withPsgcCode<Unit extends NamedUnit>(kind: UnitScopeKind, digits: string, units: readonly Unit[]): Unit[] {
  const telling = CODE_DIGITS[kind];
  // "Region 9" has the code 09.
  const code = kind === "region" ? digits.padStart(telling, "0") : digits;
  const isMeant = (own: string) => own === code || (code.length === telling && own.startsWith(code));
  if (kind === "region") {
    return units.filter(({ regions }) => regions.some((digits) => isMeant(`${digits}00000000`)));
  }
  const found = units.filter(({ psgcCode }) => psgcCode !== null && isMeant(psgcCode));
  if (found.length > 0) return found;
  // The code may be from an edition that has the province in another region.
  return units.filter(
    (unit) => unit.psgcCode !== null && codesByRegion(unit.psgcCode, provinceNameOf(kind, unit)).some(isMeant),
  );
}

function regionsBy<Unit extends NamedUnit>(text: string, units: readonly Unit[]): Unit[] {
  const named = regionsNamed(text);
  return units.filter(({ regions }) => regions.some((region) => named.includes(region)));
}

/** Matches "City of Iligan", "iligan city" and "Iligan, Lanao del Norte". A name with "city" prefers cities. */
function withName<Unit extends NamedUnit>(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  const [name = "", ...parents] = text.split(",");
  const key = unitKey(name);
  if (key === "") return [];
  const named = units.filter((unit) => unitKey(unit.name) === key && liesUnder(kind, unit, parents));
  const cities = named.filter((unit) => isCity(unit.name));
  const others = named.filter((unit) => !isCity(unit.name));
  if (isCity(name)) return cities.length > 0 ? cities : named;
  // "Quezon" is the province of that name, not a city coded as a province.
  return kind === "province" && others.length > 0 ? others : named;
}

/** Matches the name in brackets, and names from older lists. */
function withOtherName<Unit extends NamedUnit>(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  const [name = "", ...parents] = text.split(",");
  const aliases = kind === "province" ? PROVINCE_ALIASES : MUNICIPALITY_ALIASES;
  const keys = [unitKey(name), noteKey(name)].filter((key) => key !== "");
  const meant = new Set(keys.flatMap((key) => [key, ...(aliases.get(key) ?? [])]));
  return units.filter(
    (unit) => (meant.has(unitKey(unit.name)) || meant.has(noteKey(unit.name))) && liesUnder(kind, unit, parents),
  );
}

/** Whether each of these names is that of the province or region above a unit, now or formerly. */
function liesUnder(kind: UnitScopeKind, unit: NamedUnit, above: readonly string[]): boolean {
  const province = provinceNameOf(kind, unit);
  const own = [unitKey(province), noteKey(province)];
  const regions = regionsOfProvince(unit.regions, unitKey(province));
  return above.every((text) => {
    const key = unitKey(text);
    const provinces = [key, ...(PROVINCE_ALIASES.get(key) ?? []), ...(ALSO_UNDER_PROVINCE.get(key) ?? [])];
    return provinces.some((name) => own.includes(name)) || regionsNamed(text).some((code) => regions.includes(code));
  });
}

function provinceNameOf(kind: UnitScopeKind, { name, parent }: NamedUnit): string {
  return kind === "province" ? name : parent;
}

function isCity(name: string): boolean {
  return /\bcity\b/i.test(name);
}
