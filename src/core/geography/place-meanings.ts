/** The units of an edition of the PSGC that the name of a stored place may mean, by the rules of an import by names. */
import { groupBy } from "../group-by.ts";
import { matchUnits, type NamedUnit } from "../places/match-units.ts";
import { type MunicipalityEntry, PlaceDirectory } from "../places/place-directory.ts";
import { barangayForms } from "../places/place-forms.ts";
import { regionDigits, regionsNamed, regionsOfProvince, unitKey } from "../places/place-history.ts";
import { isRenumbered, PlaceResolver } from "../places/place-resolver.ts";
import { lettersOf } from "../places/place-words.ts";
import type { Geography, ProvinceRecord } from "./geography.ts";
import type { Meaning } from "./pair-off.ts";

/** A unit is identified by its PSGC code. */
type Meanings = Array<Meaning<string>>;

const RANK = { letters: 0, key: 1, otherName: 2, elsewhere: 10 } as const;

export class PlaceMeanings {
  readonly #regions: readonly string[];
  readonly #provinces: readonly NamedUnit[];
  readonly #municipalities: ReadonlyMap<string, MunicipalityEntry>;
  readonly #inProvince: ReadonlyMap<string, MunicipalityEntry[]>;
  readonly #resolver: PlaceResolver;

  constructor(edition: Geography) {
    this.#regions = edition.regions.map(({ code }) => code);
    this.#provinces = edition.provinces.map(({ code, name }) => {
      return { code, psgcCode: code, name, parent: "", regions: regionDigits(code, "") };
    });
    const directory = directoryOf(edition);
    this.#resolver = new PlaceResolver(directory);
    this.#municipalities = new Map(directory.municipalities.map((entry) => [entry.code, entry]));
    this.#inProvince = groupBy(directory.municipalities, ({ provinceCode }) => provinceCode);
  }

  ofRegion({ name, code }: { name: string; code: string }): Meanings {
    const named = regionsNamed(name);
    const digits = named.length > 0 ? named : regionsNamed(code);
    return this.#regions
      .filter((region) => digits.includes(region.slice(0, 2)))
      .map((unit) => ({ unit, rank: RANK.letters }));
  }

  /** @param region PSGC code of the region above it; null where it is unknown */
  ofProvince(name: string, region: string | null): Meanings {
    const isIn = (unit: NamedUnit) =>
      region === null || regionsOfProvince(unit.regions, unitKey(unit.name)).includes(region.slice(0, 2));
    return matchUnits("province", name, this.#provinces.filter(isIn)).map((unit) => ({
      unit: unit.code,
      rank: lettersOf(unit.name) === lettersOf(name) ? RANK.letters : RANK.key,
    }));
  }

  /** @param province the province-level unit above it: its name, and its PSGC code, null where that is unknown */
  ofMunicipality(name: string, province: { name: string; psgcCode: string | null }): Meanings {
    const within = this.#municipalitiesOf(province.psgcCode);
    const letters = lettersOf(name);
    const key = unitKey(name);
    const { pools } = this.#resolver.municipalitiesOf({
      region: "",
      province: province.name,
      municipality: name,
      barangay: "",
    });
    const named = pools[0] ?? [];
    const inside = named.filter((entry) => within.includes(entry));
    return strictest([
      ...within
        .filter((entry) => lettersOf(entry.name) === letters)
        .map(({ code }) => ({ unit: code, rank: RANK.letters })),
      ...within.filter((entry) => entry.key === key).map(({ code }) => ({ unit: code, rank: RANK.key })),
      ...(inside.length > 0 ? inside : named).map(({ code }) => ({ unit: code, rank: RANK.otherName })),
    ]);
  }

  /** The municipalities of a province-level unit. */
  #municipalitiesOf(province: string | null): readonly MunicipalityEntry[] {
    return province === null ? [] : (this.#inProvince.get(province) ?? []);
  }

  /** @param municipality PSGC code of the municipality above it */
  ofBarangay(name: string, municipality: string): Meanings {
    const entry = this.#municipalities.get(municipality);
    if (entry === undefined) return [];
    const meanings: Meanings = [];
    for (const [form, wanted] of barangayForms(name)) {
      for (const { barangay, rank } of entry.forms.get(form) ?? []) {
        if (isRenumbered(name, { barangay, municipality: entry })) continue;
        meanings.push({ unit: barangay.code, rank: Math.max(rank, wanted) });
      }
    }
    // It may since have been transferred to another municipality.
    const names = { region: "", province: entry.provinceName, municipality: entry.name, barangay: name };
    const elsewhere = meanings.length > 0 ? null : this.#resolver.resolve(names);
    if (elsewhere?.kind === "found") meanings.push({ unit: elsewhere.place.barangay.code, rank: RANK.elsewhere });
    return strictest(meanings);
  }
}

/** Each unit once, with its strictest rank. */
function strictest(meanings: Meanings): Meanings {
  const ranks = new Map<string, number>();
  for (const { unit, rank } of meanings) ranks.set(unit, Math.min(rank, ranks.get(unit) ?? rank));
  return [...ranks].map(([unit, rank]) => ({ unit, rank }));
}

function directoryOf({ provinces, municipalities, barangays, oldNames }: Geography): PlaceDirectory {
  const provinceOf = new Map(provinces.map((province) => [province.code, province]));
  const idOf = new Map(municipalities.map(({ code }, id) => [code, id]));
  return new PlaceDirectory(
    municipalities.map(({ code, name, kind, provinceCode }, id) => {
      const province = provinceOf.get(provinceCode) as ProvinceRecord;
      const regions = regionDigits(code, "");
      return { id, code, name, kind, provinceCode, provinceName: province.name, provinceKind: province.kind, regions };
    }),
    barangays.map(({ code, name, municipalityCode }, id) => ({
      id,
      code,
      name,
      municipalityId: idOf.get(municipalityCode) as number,
    })),
    oldNames,
  );
}
