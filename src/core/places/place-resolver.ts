/**
 * Finds the one barangay that the names in a row refer to. Spelling variants (place-words.ts, place-forms.ts) and names
 * from older lists (place-history.ts) are accepted. Where none or several barangays match, the row stays unresolved.
 * Similar spelling is never enough; place-candidates.ts uses it for suggestions.
 */
import type { DirectoryBarangay, MunicipalityEntry, PlaceDirectory } from "./place-directory.ts";
import { barangayForms, LOOSEST_RANK } from "./place-forms.ts";
import {
  ALSO_UNDER_PROVINCE,
  CITY_ALSO_UNDER,
  MOVED_OUT_OF,
  MUNICIPALITY_ALIASES,
  meansMetroManila,
  noteKey,
  PROVINCE_ALIASES,
  RENUMBERED,
  regionsNamed,
  regionsOfProvince,
  unitKey,
} from "./place-history.ts";
import { hasRomanNumeral } from "./place-words.ts";

/** The names of a row as in the file; "" where the row has none. */
export interface PlaceNames {
  region: string;
  province: string;
  municipality: string;
  barangay: string;
}

export interface FoundBarangay {
  barangay: DirectoryBarangay;
  municipality: MunicipalityEntry;
}

export type NameColumn = keyof PlaceNames;

export type NameResolution =
  | { kind: "found"; place: FoundBarangay }
  | { kind: "ambiguous"; column: NameColumn; places: FoundBarangay[] }
  | { kind: "unknown"; column: NameColumn };

const METRO_MANILA = "13";

export class PlaceResolver {
  readonly directory: PlaceDirectory;
  readonly #municipalities = new Map<string, MunicipalityMatch>();

  constructor(directory: PlaceDirectory) {
    this.directory = directory;
  }

  resolve(names: PlaceNames): NameResolution {
    const match = this.municipalitiesOf(names);
    if (match.column !== null) return { kind: "unknown", column: match.column };
    return resolveIn(match.pools, names.barangay);
  }

  /** Whether a row with these names can mean a barangay of this municipality, which only its region may contradict. */
  resolveWithin(municipality: MunicipalityEntry, { region, barangay }: PlaceNames): NameResolution {
    const inRegion = regionTest(region.trim());
    if (inRegion === null || !inRegion(municipality)) return { kind: "unknown", column: "region" };
    return resolveIn([[municipality]], barangay);
  }

  /** The municipalities in which to search for a row's barangay, in groups: the first group with a match decides. */
  municipalitiesOf({ region, province, municipality }: PlaceNames): MunicipalityMatch {
    const cacheKey = `${region}\n${province}\n${municipality}`;
    let match = this.#municipalities.get(cacheKey);
    if (match === undefined) {
      if (this.#municipalities.size > MAX_CACHED) this.#municipalities.clear();
      match = this.#matchMunicipalities(region.trim(), province.trim(), municipality.trim());
      this.#municipalities.set(cacheKey, match);
    }
    return match;
  }

  #matchMunicipalities(region: string, province: string, municipality: string): MunicipalityMatch {
    const inRegion = regionTest(region);
    if (inRegion === null) return nowhere("region");
    const inProvince = this.#provinceTest(province);
    if (inProvince === null) return nowhere("province");
    const allowed = (entry: MunicipalityEntry) => inProvince(entry) && inRegion(entry);
    if (municipality === "") {
      if (province === "") return nowhere("municipality");
      const pool = this.directory.municipalities.filter(allowed);
      return pool.length === 0 ? nowhere("province") : { column: null, pools: [pool] };
    }
    const pools = this.#municipalityLevels(municipality)
      .map((level) => level.filter(allowed))
      .filter((level) => level.length > 0);
    const named = pools[0];
    if (named === undefined) {
      const parts = this.#partsOf(municipality).filter(allowed);
      return parts.length === 0 ? nowhere("municipality") : { column: null, pools: [parts] };
    }
    return { column: null, pools: [named.flatMap((entry) => this.#withParts(entry)), ...this.#movedTo(named)] };
  }

  /** Municipalities with that name: by current names first, then by former names and names in brackets. */
  #municipalityLevels(text: string): MunicipalityEntry[][] {
    // "San Juan, La Union"
    const [first = ""] = text.replace(/\([^)]*\)?/g, " ").split(",");
    const mentionsCity = /\bcity\b/i.test(text);
    const present = this.directory.named(unitKey(text)).concat(this.directory.named(unitKey(first)));
    const others = [unitKey(text), noteKey(text), ...(MUNICIPALITY_ALIASES.get(unitKey(text)) ?? [])];
    const former = others.flatMap((key) => this.directory.formerlyNamed(key));
    const byNote = [noteKey(text), ...(MUNICIPALITY_ALIASES.get(unitKey(text)) ?? [])].flatMap((key) =>
      this.directory.named(key),
    );
    const cities = mentionsCity ? present.filter(({ kind }) => kind === "city") : [];
    return [[...new Set(cities.length > 0 ? cities : present)], [...new Set([...former, ...byNote])]];
  }

  /** Manila has no barangays of its own: they belong to its sub-municipalities. */
  #withParts(entry: MunicipalityEntry): MunicipalityEntry[] {
    if (entry.barangays.length > 0) return [entry];
    return this.directory.municipalities.filter(
      ({ provinceCode, kind }) => provinceCode === entry.provinceCode && kind === "sub_municipality",
    );
  }

  /** The same where the city itself is no municipality but a province-level unit, as an application may have it. */
  #partsOf(text: string): MunicipalityEntry[] {
    const codes = this.directory.provincesNamed(unitKey(text));
    return this.directory.municipalities.filter(
      ({ provinceCode, provinceKind }) => provinceKind !== "province" && codes.has(provinceCode),
    );
  }

  #movedTo(named: readonly MunicipalityEntry[]): MunicipalityEntry[][] {
    return named.flatMap((entry) => {
      const keys = MOVED_OUT_OF.get(`${entry.key},${entry.provinceKey}`) ?? [];
      const pool = keys.flatMap((key) => this.directory.named(key));
      return pool.length > 0 ? [pool] : [];
    });
  }

  /** A test of whether a municipality is or was in the province named; null where no province has that name. */
  #provinceTest(text: string): ((entry: MunicipalityEntry) => boolean) | null {
    if (text === "") return () => true;
    if (meansMetroManila(text)) return ({ regions }) => regions.includes(METRO_MANILA);
    const keys = [unitKey(text), noteKey(text)].filter((key) => key !== "");
    const targets = keys.flatMap((key) => [
      key,
      ...(PROVINCE_ALIASES.get(key) ?? []),
      ...(ALSO_UNDER_PROVINCE.get(key) ?? []),
    ]);
    const codes = new Set(targets.flatMap((key) => [...this.directory.provincesNamed(key)]));
    // The province column may hold a city, which then refers to the city itself.
    const cities = new Set(
      keys.flatMap((key) => this.directory.named(key).filter(({ kind }) => kind === "city")).map(({ code }) => code),
    );
    const isCityOnly = /\bcity\b/i.test(text);
    if (codes.size + cities.size === 0) return null;
    // "Quezon" without "City" is the province of that name, not Quezon City, which is far from it.
    const isProvince = this.directory.municipalities.some(
      ({ provinceKey, provinceKind }) => provinceKind === "province" && keys.includes(provinceKey),
    );
    const within = new Set(keys.flatMap((key) => ALSO_UNDER_PROVINCE.get(key) ?? []));
    const isNamesake = ({ provinceKind, provinceKey }: MunicipalityEntry) =>
      isProvince &&
      !isCityOnly &&
      provinceKind !== "province" &&
      keys.includes(provinceKey) &&
      !within.has(provinceKey);
    return (entry) =>
      (cities.has(entry.code) && (isCityOnly || !isProvince)) ||
      (codes.has(entry.provinceCode) && !isNamesake(entry) && (!isCityOnly || entry.provinceKind !== "province")) ||
      (entry.kind === "city" && keys.some((key) => CITY_ALSO_UNDER.get(entry.key)?.includes(key)));
  }
}

export interface MunicipalityMatch {
  /** The column whose name matches nothing; null where there are municipalities to search. */
  column: NameColumn | null;
  pools: MunicipalityEntry[][];
}

/** Enough for every municipality in several spellings. The limit bounds memory for a file of random names. */
const MAX_CACHED = 20_000;

function nowhere(column: NameColumn): MunicipalityMatch {
  return { column, pools: [] };
}

function regionTest(text: string): ((entry: MunicipalityEntry) => boolean) | null {
  if (text === "") return () => true;
  const regions = regionsNamed(text);
  if (regions.length === 0) return null;
  return (entry) => regionsOfProvince(entry.regions, entry.provinceKey).some((region) => regions.includes(region));
}

/** Searches groups of municipalities; the first group with a match decides. */
function resolveIn(pools: readonly MunicipalityEntry[][], name: string): NameResolution {
  const forms = barangayForms(name);
  for (const pool of pools) {
    const places = findBarangays(forms, pool);
    if (places.some((place) => isRenumbered(name, place))) return { kind: "ambiguous", column: "barangay", places };
    if (places.length === 1) return { kind: "found", place: places[0] as FoundBarangay };
    if (places.length > 1) return { kind: "ambiguous", column: ambiguousColumn(places), places };
  }
  return { kind: "unknown", column: "barangay" };
}

/**
 * The barangays of each municipality that match at the strictest rank with any match in that municipality.
 * Municipalities are not compared with each other: a stricter match does not show which municipality is meant.
 */
function findBarangays(
  forms: ReadonlyMap<string, number>,
  municipalities: readonly MunicipalityEntry[],
): FoundBarangay[] {
  return municipalities.flatMap((municipality) => {
    let best: number = LOOSEST_RANK;
    let found = new Map<string, FoundBarangay>();
    for (const [key, wantedRank] of forms) {
      for (const { barangay, rank } of municipality.forms.get(key) ?? []) {
        const meetingRank = Math.max(rank, wantedRank);
        if (meetingRank > best) continue;
        if (meetingRank < best) found = new Map();
        best = meetingRank;
        found.set(barangay.code, { barangay, municipality });
      }
    }
    return [...found.values()];
  });
}

/** Whether the match depends on reading a former roman numeral as a current arabic one. */
export function isRenumbered(name: string, { barangay, municipality }: FoundBarangay): boolean {
  return RENUMBERED.has(municipality.key) && hasRomanNumeral(name) && !hasRomanNumeral(barangay.name);
}

function ambiguousColumn(places: readonly FoundBarangay[]): NameColumn {
  return new Set(places.map(({ municipality }) => municipality.code)).size > 1 ? "municipality" : "barangay";
}
