import type { UnitNames } from "../../headings/unit-headings.ts";
import type { MunicipalityEntry } from "../../places/place-directory.ts";
import { regionsNamed, unitKey } from "../../places/place-history.ts";
import type { PlaceNames, PlaceResolver } from "../../places/place-resolver.ts";

const NO_NAMES: PlaceNames = { region: "", province: "", municipality: "", barangay: "" };

/** Recognizes the names of municipalities, provinces and regions in headings, titles and the names of sheets. */
export class NamedUnits {
  readonly #resolver: PlaceResolver | null;

  /** @param resolver null where the file identifies barangays by code only: then no name is recognized */
  constructor(resolver: PlaceResolver | null) {
    this.#resolver = resolver;
  }

  /** Whether a name is that of a municipality within these units, or of a province. */
  mayBe(name: string, { region, province }: PlaceNames): boolean {
    if (this.#resolver === null) return false;
    const { pools } = this.#resolver.municipalitiesOf({ region, province, municipality: name, barangay: "" });
    return pools.length > 0 || this.#resolver.directory.provincesNamed(unitKey(name)).size > 0;
  }

  /** Of the units that the titles of a file name, those that exist: a title may say anything. */
  existing({ region = "", province = "", municipality = "" }: UnitNames): UnitNames {
    const exists = (names: UnitNames) => {
      const match = this.#resolver?.municipalitiesOf({ ...NO_NAMES, ...names });
      return match !== undefined && match.pools.length > 0;
    };
    const isRegion = region !== "" && regionsNamed(region).length > 0;
    const around: UnitNames = { ...(isRegion ? { region } : {}) };
    if (province !== "" && exists({ ...around, province })) around.province = province;
    if (municipality !== "" && exists({ ...around, municipality })) around.municipality = municipality;
    return around;
  }

  /** Whether a name is that of a municipality, a province or a region. */
  has(name: string): boolean {
    const directory = this.#resolver?.directory;
    if (directory === undefined) return false;
    const key = unitKey(name);
    return directory.named(key).length > 0 || directory.provincesNamed(key).size > 0 || regionsNamed(name).length > 0;
  }

  /** Whether a name is that of the municipality that a row names, or of the province or region around it. */
  isAround(name: string, names: PlaceNames): boolean {
    const key = unitKey(name);
    if (unitKey(names.municipality) === key || unitKey(names.province) === key) return true;
    if (names.municipality === "") return this.has(name) && (names.province === "" || this.mayBe(name, names));
    const found = this.#municipalities({ ...names, barangay: "" });
    const provinces = this.#resolver?.directory.provincesNamed(key) ?? new Set<string>();
    return (
      found.some((municipality) => unitKey(municipality.name) === key || provinces.has(municipality.provinceCode)) ||
      regionsNamed(name).some((region) => found.some(({ regions }) => regions.includes(region)))
    );
  }

  /** Whether two sets of names mean different municipalities. Names that no municipality has differ from nothing. */
  differ(left: UnitNames, right: UnitNames): boolean {
    const [ofLeft, ofRight] = [left, right].map((units) => this.#municipalities({ ...NO_NAMES, ...units }));
    if (!ofLeft?.length || !ofRight?.length) return false;
    return !ofLeft.some((municipality) => ofRight.includes(municipality));
  }

  #municipalities(names: PlaceNames): MunicipalityEntry[] {
    const match = this.#resolver?.municipalitiesOf(names);
    return match === undefined || match.column !== null ? [] : [...new Set(match.pools.flat())];
  }

  /**
   * The units that a name without a word for its level means: "Damulog" or "Damulog, Bukidnon". Null unless there is exactly
   * one such municipality or province.
   *
   * @param around the units around it, as far as they are known
   * @param isOfOneProvince whether the province is certain, so that the name can be no province's
   */
  named(name: string, around: PlaceNames, isOfOneProvince: boolean): UnitNames | null {
    if (this.#resolver === null) return null;
    const [first = "", second = ""] = name.split(",").map((part) => part.trim());
    const within = { ...around, province: second || around.province, municipality: first, barangay: "" };
    const { column, pools } = this.#resolver.municipalitiesOf(within);
    const municipalities = column === null ? [...new Set(pools[0])] : [];
    const [municipality] = municipalities;
    // A highly urbanized city is both its municipality and its province-level unit.
    const provinces = [...this.#resolver.directory.provincesNamed(unitKey(first))].filter(
      (code) => municipality?.provinceKind === "province" || code !== municipality?.provinceCode,
    );
    const isNoProvince = provinces.length === 0 || second !== "" || (isOfOneProvince && around.province !== "");
    if (municipalities.length === 1 && isNoProvince) {
      return { municipality: first, ...(second === "" ? {} : { province: second }) };
    }
    return municipalities.length === 0 && provinces.length === 1 && second === "" ? { province: first } : null;
  }
}
