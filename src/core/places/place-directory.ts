import { barangayForms, oldNameForms } from "./place-forms.ts";
import { noteKey, unitKey } from "./place-history.ts";

/** A former name of a unit of any level. */
export interface OldName {
  code: string;
  name: string;
}

/** A municipality with the units above it. */
export interface DirectoryMunicipality {
  id: number;
  code: string;
  name: string;
  kind: string;
  provinceCode: string;
  provinceName: string;
  provinceKind: string;
  /** First two digits of its region's PSGC code; several if the region is known by a name of several only. */
  regions: readonly string[];
}

export interface DirectoryBarangay {
  id: number;
  code: string;
  name: string;
  municipalityId: number;
}

/** A municipality with its keys and the forms of its barangays' names. */
export interface MunicipalityEntry extends DirectoryMunicipality {
  key: string;
  provinceKey: string;
  barangays: DirectoryBarangay[];
  /** The barangays by each form of their names, with the rank of the form (see place-forms.ts). */
  forms: ReadonlyMap<string, ReadonlyArray<{ barangay: DirectoryBarangay; rank: number }>>;
}

/** The places by name: what the rows of an import are matched against. */
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

  /** Codes of the province-level units with that current or former name. */
  provincesNamed(key: string): ReadonlySet<string> {
    return this.#byProvinceKey.get(key) ?? NO_CODES;
  }
}

const NO_CODES: ReadonlySet<string> = new Set();

/** Computes the forms on first use: those of all 42,011 names take a second, and most files need few of them. */
class LazyEntry implements MunicipalityEntry {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly provinceCode: string;
  readonly provinceName: string;
  readonly provinceKind: string;
  readonly regions: readonly string[];
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
    this.regions = municipality.regions;
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
