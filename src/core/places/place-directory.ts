import { barangayForms, oldNameForms } from "./place-forms.ts";
import { noteKey, unitKey } from "./place-history.ts";

/** A name that a unit of any level had before. */
export interface OldName {
  code: string;
  name: string;
}

/** A municipality with what is above it, as the resolver knows it. */
export interface DirectoryMunicipality {
  id: number;
  code: string;
  name: string;
  kind: string;
  provinceCode: string;
  provinceName: string;
  provinceKind: string;
  regionCode: string;
}

export interface DirectoryBarangay {
  id: number;
  code: string;
  name: string;
  municipalityId: number;
}

/** A municipality with its keys and, once they are asked for, the forms of its barangays' names. */
export interface MunicipalityEntry extends DirectoryMunicipality {
  key: string;
  provinceKey: string;
  barangays: DirectoryBarangay[];
  /** Forms of the barangays' names: which barangays are known by it, and how loosely. */
  forms: ReadonlyMap<string, ReadonlyArray<{ barangay: DirectoryBarangay; rank: number }>>;
}

/** The places that rows are resolved against, indexed by name. */
export class PlaceDirectory {
  readonly municipalities: readonly MunicipalityEntry[];
  readonly #byKey = new Map<string, MunicipalityEntry[]>();
  readonly #byOldKey = new Map<string, MunicipalityEntry[]>();
  readonly #byProvinceKey = new Map<string, Set<string>>();

  constructor(
    municipalities: readonly DirectoryMunicipality[],
    barangays: Iterable<DirectoryBarangay>,
    oldNames: readonly OldName[] = [],
  ) {
    const oldNamesOf = groupByCode(oldNames);
    const entries = new Map<number, MunicipalityEntry>();
    for (const municipality of municipalities) {
      const entry = new LazyEntry(municipality, oldNamesOf);
      entries.set(municipality.id, entry);
      push(this.#byKey, entry.key, entry);
      const others = [noteKey(municipality.name), ...(oldNamesOf.get(municipality.code) ?? []).map(unitKey)];
      for (const key of new Set(others)) if (key !== "" && key !== entry.key) push(this.#byOldKey, key, entry);
      const provinceNames = [municipality.provinceName, ...(oldNamesOf.get(municipality.provinceCode) ?? [])];
      for (const name of provinceNames) {
        const codes = this.#byProvinceKey.get(unitKey(name)) ?? new Set();
        this.#byProvinceKey.set(unitKey(name), codes.add(municipality.provinceCode));
      }
    }
    for (const barangay of barangays) entries.get(barangay.municipalityId)?.barangays.push(barangay);
    this.municipalities = [...entries.values()];
  }

  named(key: string): readonly MunicipalityEntry[] {
    return this.#byKey.get(key) ?? [];
  }

  formerlyNamed(key: string): readonly MunicipalityEntry[] {
    return this.#byOldKey.get(key) ?? [];
  }

  /** Codes of the province-level units with that name, present or old. */
  provincesNamed(key: string): ReadonlySet<string> {
    return this.#byProvinceKey.get(key) ?? NO_CODES;
  }
}

const NO_CODES: ReadonlySet<string> = new Set();

/** The forms of 42,011 names take a second to make: most files need those of a few municipalities. */
class LazyEntry implements MunicipalityEntry {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly provinceCode: string;
  readonly provinceName: string;
  readonly provinceKind: string;
  readonly regionCode: string;
  readonly key: string;
  readonly provinceKey: string;
  readonly barangays: DirectoryBarangay[] = [];
  readonly #oldNamesOf: ReadonlyMap<string, string[]>;
  #forms: Map<string, Array<{ barangay: DirectoryBarangay; rank: number }>> | null = null;

  constructor(municipality: DirectoryMunicipality, oldNamesOf: ReadonlyMap<string, string[]>) {
    this.id = municipality.id;
    this.code = municipality.code;
    this.name = municipality.name;
    this.kind = municipality.kind;
    this.provinceCode = municipality.provinceCode;
    this.provinceName = municipality.provinceName;
    this.provinceKind = municipality.provinceKind;
    this.regionCode = municipality.regionCode;
    this.key = unitKey(municipality.name);
    this.provinceKey = unitKey(municipality.provinceName);
    this.#oldNamesOf = oldNamesOf;
  }

  get forms(): Map<string, Array<{ barangay: DirectoryBarangay; rank: number }>> {
    this.#forms ??= this.#makeForms();
    return this.#forms;
  }

  #makeForms(): Map<string, Array<{ barangay: DirectoryBarangay; rank: number }>> {
    const forms = new Map<string, Array<{ barangay: DirectoryBarangay; rank: number }>>();
    for (const barangay of this.barangays) {
      for (const [key, rank] of barangayForms(barangay.name)) push(forms, key, { barangay, rank });
      for (const name of this.#oldNamesOf.get(barangay.code) ?? []) {
        for (const [key, rank] of oldNameForms(name)) push(forms, key, { barangay, rank });
      }
    }
    return forms;
  }
}

function groupByCode(oldNames: readonly OldName[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { code, name } of oldNames) push(names, code, name);
  return names;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
