import type { OldName } from "../places/place-directory.ts";

/**
 * The regions, province-level units, municipalities and barangays of the Philippine Standard Geographic Code (PSGC),
 * published by the Philippine Statistics Authority.
 *
 * Codes are strings of ten digits, RRPPPMMBBB, with leading zeros. Each list is sorted by code.
 */
export type ProvinceKind = "province" | "independent_city" | "special_area";
export type MunicipalityKind = "municipality" | "city" | "sub_municipality";

export interface RegionRecord {
  code: string;
  name: string;
}

/** A province, or a unit that PSGC codes as one: an independent city or a special area. */
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
  /** Census population; null where the edition has none. */
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
