/**
 * Finds the regions, provinces and municipalities that a person named, whatever way of writing their names the import
 * takes for the same: the keys are those of place-history.ts. Nearness of letters decides nothing.
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
import { lettersOf } from "./place-words.ts";

export interface NamedUnit {
  code: string;
  name: string;
  /** Name of the unit above it; "" above a region. */
  parent: string;
}

/** Digits of a PSGC code that tell the units of a level apart; people often leave out the zeros behind them. */
const CODE_DIGITS: Record<UnitScopeKind, number> = { region: 2, province: 5, municipality: 7 };

/** By code, else by the whole name, else by other ways of writing it; the first of these that has any answer decides. */
export function matchUnits<Unit extends NamedUnit>(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  if (/^\d+$/.test(text.trim())) return withCode(kind, text.trim(), units);
  const wanted = lettersOf(text);
  const rungs: Array<() => Unit[]> = [
    () => units.filter((unit) => lettersOf(unit.name) === wanted),
    () => units.filter((unit) => lettersOf(describeUnit(unit)) === wanted),
    () => (kind === "region" ? regionsBy(text, units) : withName(kind, text, units)),
    () => withOtherName(kind, text, units),
  ];
  for (const rung of rungs) {
    const found = rung();
    if (found.length > 0) return found;
  }
  return [];
}

export function describeUnit({ name, parent }: NamedUnit): string {
  return parent === "" ? name : `${name}, ${parent}`;
}

function withCode<Unit extends NamedUnit>(kind: UnitScopeKind, digits: string, units: readonly Unit[]): Unit[] {
  const telling = CODE_DIGITS[kind];
  // "Region 9" has the code 09.
  const code = kind === "region" ? digits.padStart(telling, "0") : digits;
  const isMeant = (own: string) => own === code || (code.length === telling && own.startsWith(code));
  const found = units.filter((unit) => isMeant(unit.code));
  if (found.length > 0 || kind === "region") return found;
  // What the code is in editions that have the province in another region.
  return units.filter((unit) => codesByRegion(unit.code, provinceNameOf(kind, unit)).some(isMeant));
}

function regionsBy<Unit extends NamedUnit>(text: string, units: readonly Unit[]): Unit[] {
  const regions = regionsNamed(text);
  return units.filter(({ code }) => regions.includes(code.slice(0, 2)));
}

/** "City of Iligan", "iligan city" and "Iligan, Lanao del Norte"; a name with the word means a city where there is one. */
function withName<Unit extends NamedUnit>(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  const [name = "", ...parents] = text.split(",");
  const key = unitKey(name);
  if (key === "") return [];
  const named = units.filter((unit) => unitKey(unit.name) === key && liesUnder(kind, unit, parents));
  const cities = named.filter((unit) => isCity(unit.name));
  const others = named.filter((unit) => !isCity(unit.name));
  if (isCity(name)) return cities.length > 0 ? cities : named;
  // "Quezon" is the province of that name, and no city that stands in a province's place.
  return kind === "province" && others.length > 0 ? others : named;
}

/** By the name in its brackets, and by what older lists call it. */
function withOtherName<Unit extends NamedUnit>(kind: UnitScopeKind, text: string, units: readonly Unit[]): Unit[] {
  const [name = "", ...parents] = text.split(",");
  const aliases = kind === "province" ? PROVINCE_ALIASES : MUNICIPALITY_ALIASES;
  const keys = [unitKey(name), noteKey(name)].filter((key) => key !== "");
  const meant = new Set(keys.flatMap((key) => [key, ...(aliases.get(key) ?? [])]));
  return units.filter(
    (unit) => (meant.has(unitKey(unit.name)) || meant.has(noteKey(unit.name))) && liesUnder(kind, unit, parents),
  );
}

/** Whether each of these names the province or the region above a unit, as it is or as it was. */
function liesUnder(kind: UnitScopeKind, unit: NamedUnit, above: readonly string[]): boolean {
  const province = provinceNameOf(kind, unit);
  const own = [unitKey(province), noteKey(province)];
  const regions = regionsOfProvince(unit.code, unitKey(province));
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
