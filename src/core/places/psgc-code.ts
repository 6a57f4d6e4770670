/**
 * PSGC codes have ten digits, RRPPPMMBBB: region, province-level unit, municipality, barangay. A unit's code contains
 * the codes of the units above it, so parents are computed from the digits and never looked up.
 */

export type CodeShape = "region" | "province" | "municipality" | "barangay";

/**
 * The ten-digit code in a cell; null where it is not a code. A spreadsheet that stores codes as numbers drops the
 * leading zero of regions 01 to 09, so nine digits are accepted as well.
 */
export function parsePsgcCode(cell: string | number | null): string | null {
  const text = String(cell ?? "").trim();
  return /^(0[1-9]|[1-9]\d?)\d{8}$/.test(text) ? text.padStart(10, "0") : null;
}

/** The level according to the digits. City of Davao, 1130700000, has the shape of a province. */
export function codeShape(code: string): CodeShape {
  if (!code.endsWith("000")) return "barangay";
  if (!code.endsWith("00000")) return "municipality";
  return code.endsWith("00000000") ? "region" : "province";
}

export function regionCodeOf(code: string): string {
  return `${code.slice(0, 2)}00000000`;
}

export function provinceCodeOf(code: string): string {
  return `${code.slice(0, 5)}00000`;
}

export function municipalityCodeOf(code: string): string {
  return `${code.slice(0, 7)}000`;
}

/**
 * Whether a province-level code belongs to a unit that is not a province: 3xx and 8xx highly urbanized cities and
 * Pateros, 901 City of Isabela, 999 the Special Geographic Area. Provinces are below 100.
 */
export function isInPlaceOfProvince(code: string): boolean {
  return Number(code.slice(2, 5)) >= 100;
}
