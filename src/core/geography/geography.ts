import type { OldName } from "../places/place-directory.ts";

/**
 * The geography that communities live in: regions, province-level units, municipalities and barangays of the
 * Philippine Standard Geographic Code (PSGC), published by the Philippine Statistics Authority.
 *
 * Every code is ten digits of text, RRPPPMMBBB, with leading zeros. Each list is sorted by code.
 */
export type ProvinceKind = "province" | "independent_city" | "special_area";
export type MunicipalityKind = "municipality" | "city" | "sub_municipality";

export interface RegionRecord {
  code: string;
  name: string;
}

/** A province, or what PSGC codes in a province's place: an independent city or a special area. */
export interface ProvinceRecord {
  code: string;
  name: string;
  kind: ProvinceKind;
  regionCode: string;
}

export interface MunicipalityRecord {
  code: string;
  name: string;
  kind: MunicipalityKind;
  provinceCode: string;
}

export interface BarangayRecord {
  code: string;
  name: string;
  municipalityCode: string;
  /** Census population in persons; null where the edition gives none. */
  population: number | null;
}

export interface Geography {
  /** Name of the edition, for example "PSGC 2nd Quarter 2025". */
  edition: string;
  regions: RegionRecord[];
  provinces: ProvinceRecord[];
  municipalities: MunicipalityRecord[];
  barangays: BarangayRecord[];
  oldNames: OldName[];
}
