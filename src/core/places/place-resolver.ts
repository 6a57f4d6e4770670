/**
 * Turns the names in a row into the one barangay that they mean. Strict: a name is found under every way of writing
 * it (place-words.ts, place-forms.ts) and under what older lists call it (place-history.ts), and where that leaves
 * none or more than one, the row is not resolved. Nearness of letters never decides; see place-candidates.ts.
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

/** The names of a row as they stand in the file; "" where it gives none. */
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
    const forms = barangayForms(names.barangay);
    for (const pool of match.pools) {
      const places = findBarangays(forms, pool);
      if (places.some((place) => isRenumbered(names.barangay, place))) {
        return { kind: "ambiguous", column: "barangay", places };
      }
      if (places.length === 1) return { kind: "found", place: places[0] as FoundBarangay };
      if (places.length > 1) return { kind: "ambiguous", column: ambiguousColumn(places), places };
    }
    return { kind: "unknown", column: "barangay" };
  }

  /** Where a row's barangay may lie: pools of municipalities, each looked into when those before it have no answer. */
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
    if (named === undefined) return nowhere("municipality");
    return { column: null, pools: [named.flatMap((entry) => this.#withParts(entry)), ...this.#movedTo(named)] };
  }

  /** Municipalities with that name: present names first, then old ones and those in brackets. */
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

  /** Manila's barangays lie in its sub-municipalities. */
  #withParts(entry: MunicipalityEntry): MunicipalityEntry[] {
    if (entry.barangays.length > 0) return [entry];
    return this.directory.municipalities.filter(
      ({ provinceCode, kind }) => provinceCode === entry.provinceCode && kind === "sub_municipality",
    );
  }

  #movedTo(named: readonly MunicipalityEntry[]): MunicipalityEntry[][] {
    return named.flatMap((entry) => {
      const keys = MOVED_OUT_OF.get(`${entry.key},${entry.provinceKey}`) ?? [];
      const pool = keys.flatMap((key) => this.directory.named(key));
      return pool.length > 0 ? [pool] : [];
    });
  }

  /** Whether a municipality lies, or lay, in the province named; null where no province has that name. */
  #provinceTest(text: string): ((entry: MunicipalityEntry) => boolean) | null {
    if (text === "") return () => true;
    if (meansMetroManila(text)) return ({ regionCode }) => regionCode.startsWith(METRO_MANILA);
    const keys = [unitKey(text), noteKey(text)].filter((key) => key !== "");
    const targets = keys.flatMap((key) => [
      key,
      ...(PROVINCE_ALIASES.get(key) ?? []),
      ...(ALSO_UNDER_PROVINCE.get(key) ?? []),
    ]);
    const codes = new Set(targets.flatMap((key) => [...this.directory.provincesNamed(key)]));
    // A city given in the province's place means that city itself.
    const cities = new Set(
      keys.flatMap((key) => this.directory.named(key).filter(({ kind }) => kind === "city")).map(({ code }) => code),
    );
    const isCityOnly = /\bcity\b/i.test(text);
    if (codes.size + cities.size === 0) return null;
    // "Quezon" without "City" is the province of that name, not the city far from it.
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
  /** The column whose name leads nowhere; null where there is somewhere to look. */
  column: NameColumn | null;
  pools: MunicipalityEntry[][];
}

/** Enough for every municipality in a few spellings; a file of nothing but nonsense must not fill the memory. */
const MAX_CACHED = 20_000;

function nowhere(column: NameColumn): MunicipalityMatch {
  return { column, pools: [] };
}

function regionTest(text: string): ((entry: MunicipalityEntry) => boolean) | null {
  if (text === "") return () => true;
  const regions = regionsNamed(text);
  if (regions.length === 0) return null;
  return (entry) => regionsOfProvince(entry.regionCode, entry.provinceKey).some((region) => regions.includes(region));
}

/**
 * The barangays of each municipality that agree with these forms at the strictest rank at which any of its own does.
 * Municipalities are not weighed against each other: a better fit in one says nothing of which one is meant.
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

/** Whether the name would be found only by taking an old roman numeral for a new figure. */
function isRenumbered(name: string, { barangay, municipality }: FoundBarangay): boolean {
  return RENUMBERED.has(municipality.key) && hasRomanNumeral(name) && !hasRomanNumeral(barangay.name);
}

function ambiguousColumn(places: readonly FoundBarangay[]): NameColumn {
  return new Set(places.map(({ municipality }) => municipality.code)).size > 1 ? "municipality" : "barangay";
}
