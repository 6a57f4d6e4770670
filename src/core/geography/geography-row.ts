/** Parses and validates one row of a PSGC file. */

import { MAX_COMMUNITY_FIGURE } from "../fields.ts";
import { cutName, MAX_NAME_CHARACTERS } from "../places/place-words.ts";
import { codeShape, parsePsgcCode } from "../places/psgc-code.ts";
import type { GeographyColumns, GeographyEntry, GeographySourceRow, SourceCell } from "./geography-source.ts";

/** PSA's Geographic Level. "placeholder" is a province-level row whose level cell is blank or "Dist". */
export type GeographyLevel = "Reg" | "Prov" | "placeholder" | "City" | "Mun" | "SubMun" | "Bgy";

export interface GeographyRow {
  row: number;
  code: string;
  name: string;
  level: GeographyLevel;
  /** As published. Only a barangay's is stored. */
  population: number | null;
  /** "" where the unit has no old name. */
  oldName: string;
}

/** A unit, possibly with a warning, or the reason why the row was rejected; null for a blank row. */
export type GeographyRowResult =
  | { unit: GeographyRow; warning: GeographyEntry | null }
  | { unit: null; reject: GeographyEntry }
  | null;

const PSA_LEVELS = ["Reg", "Prov", "City", "Mun", "SubMun", "Bgy"] as const;
const LEVELS = new Map<string, GeographyLevel>(
  PSA_LEVELS.flatMap((level) => [
    [level, level],
    [level.toLowerCase(), level],
  ]),
);

export function readGeographyRow(source: GeographySourceRow, columns: GeographyColumns): GeographyRowResult {
  const name = cleanText(source.name);
  const levelText = cleanText(source.level);
  const code = parsePsgcCode(source.code);
  if (code === null) {
    if (name === "" && levelText === "" && cleanText(source.code) === "") return null;
    return reject(source, columns.code, source.code, "not a PSGC code: give its ten digits, RRPPPMMBBB, as text");
  }
  if (name === "") return reject(source, columns.name, source.name, "the name is blank: give the unit's name");
  if (name.length > MAX_NAME_CHARACTERS) {
    return reject(source, columns.name, source.name, `the name has more than ${MAX_NAME_CHARACTERS} characters`);
  }

  const level = levelText === "" ? inferLevel(code, name) : readLevel(levelText, code);
  if (level === null) {
    const message = `not a PSGC level: give ${PSA_LEVELS.join(", ")}, or leave it blank for a unit coded as a province`;
    return reject(source, columns.level, source.level, message);
  }
  if (!fitsShape(level, code)) {
    const message = `${code} is the code of a ${codeShape(code)}: fix the code or the level`;
    return reject(source, columns.level, source.level, message);
  }

  const population = readPopulation(source.population);
  if (population === undefined && level === "Bgy") {
    const message = 'not a population: give a whole number up to 2,147,483,647, or "-" for none';
    return reject(source, columns.population ?? "Population", source.population, message);
  }

  const oldName = cutName(cleanText(source.oldName ?? null));
  const unit = { row: source.row, code, name, level, population: population ?? null, oldName };
  if (levelText !== "" || level === "placeholder") return { unit, warning: null };
  const message = `the level is blank, so ${level} was assumed: fill it in to be sure`;
  return { unit, warning: entry(source, columns.level, source.level, message) };
}

function reject(source: GeographySourceRow, column: string, value: SourceCell, message: string): GeographyRowResult {
  return { unit: null, reject: entry(source, column, value, message) };
}

function entry(source: GeographySourceRow, column: string, value: SourceCell, message: string): GeographyEntry {
  return {
    row: source.row,
    column,
    code: parsePsgcCode(source.code) ?? String(source.code ?? "").slice(0, 100),
    value: String(value ?? "").slice(0, 100),
    message,
  };
}

/** Trims a cell, collapses whitespace to single blanks, and normalizes it to NFC (ñ as one character). */
function cleanText(cell: SourceCell): string {
  // Shortcut: this runs on every cell of 44,000 rows, and nine in ten need no change.
  if (typeof cell === "string" && /^[!-~]+( [!-~]+)*$/.test(cell)) return cell;
  return cell === null ? "" : String(cell).replace(/\s+/gu, " ").trim().normalize("NFC");
}

function readLevel(text: string, code: string): GeographyLevel | null {
  // PSA's notes list a level "Dist" (district), which no row of the 2025 editions has. A district only groups units,
  // like a province-level row without a level.
  if (/^dist\.?$/i.test(text)) return codeShape(code) === "province" ? "placeholder" : null;
  return LEVELS.get(text) ?? LEVELS.get(text.replace(/\.$/, "").toLowerCase()) ?? null;
}

function inferLevel(code: string, name: string): GeographyLevel {
  switch (codeShape(code)) {
    case "region":
      return "Reg";
    case "province":
      return "placeholder";
    case "municipality":
      return /\bcity\b/i.test(name) ? "City" : "Mun";
    case "barangay":
      return "Bgy";
  }
}

function fitsShape(level: GeographyLevel, code: string): boolean {
  const shape = codeShape(code);
  switch (level) {
    case "Reg":
      return shape === "region";
    case "Prov":
    case "placeholder":
      return shape === "province";
    case "City":
    case "Mun":
      return shape === "municipality" || shape === "province";
    case "SubMun":
      return shape === "municipality";
    case "Bgy":
      return shape === "barangay";
  }
}

/** Number of persons; null for a blank or "-"; undefined for an invalid cell, or one that is larger than the column allows. */
function readPopulation(cell: SourceCell): number | null | undefined {
  const text = cleanText(cell);
  if (text === "" || text === "-") return null;
  if (!/^(\d+|\d{1,3}(,\d{3})+)$/.test(text)) return undefined;
  const population = Number(text.replaceAll(",", ""));
  return population <= MAX_COMMUNITY_FIGURE ? population : undefined;
}
