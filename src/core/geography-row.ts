/** Reads one row of a PSGC file: what its cells mean, and what is wrong with them where they mean nothing. */
import type { GeographyColumns, GeographyEntry, GeographySourceRow, SourceCell } from "./geography-source.ts";
import { codeShape, parsePsgcCode } from "./psgc-code.ts";

/** PSA's Geographic Level; "placeholder" is a province-level row whose level cell PSA left blank (or "Dist"). */
export type GeographyLevel = "Reg" | "Prov" | "placeholder" | "City" | "Mun" | "SubMun" | "Bgy";

export interface GeographyRow {
  row: number;
  code: string;
  name: string;
  level: GeographyLevel;
  population: number | null;
}

export type GeographyRowResult =
  | { kind: "blank" }
  | { kind: "unit"; unit: GeographyRow; warnings: GeographyEntry[] }
  | { kind: "reject"; reject: GeographyEntry };

const LEVELS = new Map<string, GeographyLevel>(
  (["Reg", "Prov", "City", "Mun", "SubMun", "Bgy"] as const).map((level) => [level.toLowerCase(), level]),
);

export function readGeographyRow(source: GeographySourceRow, columns: GeographyColumns): GeographyRowResult {
  const cells = [source.code, source.name, source.level];
  if (cells.every((cell) => cleanText(cell) === "")) return { kind: "blank" };

  const entry = (column: string, value: SourceCell, message: string): GeographyEntry => ({
    row: source.row,
    column,
    code: code ?? "",
    value: value === null ? "" : String(value),
    message,
  });
  const reject = (column: string, value: SourceCell, message: string): GeographyRowResult => ({
    kind: "reject",
    reject: entry(column, value, message),
  });

  const code = parsePsgcCode(source.code);
  if (code === null) {
    return reject(columns.code, source.code, "not a PSGC code: give its ten digits, RRPPPMMBBB, as text");
  }
  const name = cleanText(source.name);
  if (name === "") return reject(columns.name, source.name, "the name is blank: give the unit's name");

  const levelText = cleanText(source.level);
  const level = levelText === "" ? inferLevel(code, name) : readLevel(levelText, code);
  if (level === null) {
    return reject(
      columns.level,
      source.level,
      `not a level of PSGC: give ${[...LEVELS.values()].join(", ")}, or leave it blank for a unit in a province's place`,
    );
  }
  if (!fitsShape(level, code)) {
    return reject(
      columns.level,
      source.level,
      `a code like ${code} names a ${codeShape(code)}: mend the code or the level`,
    );
  }

  const population = level === "Bgy" ? readPopulation(source.population) : null;
  if (population === undefined) {
    return reject(
      columns.population ?? "Population",
      source.population,
      'not a population: give a whole number, or "-" where there is none',
    );
  }

  const warnings: GeographyEntry[] = [];
  if (levelText === "" && level !== "placeholder") {
    warnings.push(
      entry(columns.level, source.level, `the level is blank and was taken for ${level}: fill it in to be sure`),
    );
  }
  return { kind: "unit", unit: { row: source.row, code, name, level, population }, warnings };
}

/** Text without outer blanks and with single ones inside, non-breaking ones too; composed (ñ as one character). */
function cleanText(cell: SourceCell): string {
  // Nine names in ten are clean already, and this runs on every cell of 44,000 rows.
  if (typeof cell === "string" && /^[!-~]+( [!-~]+)*$/.test(cell)) return cell;
  return cell === null ? "" : String(cell).replace(/\s+/gu, " ").trim().normalize("NFC");
}

function readLevel(text: string, code: string): GeographyLevel | null {
  // Editions before 2024 name Manila's four legislative districts "Dist" rows; like a blank level they hold a
  // province-level code that is no province.
  if (/^dist\.?$/i.test(text)) return codeShape(code) === "province" ? "placeholder" : null;
  return LEVELS.get(text.replace(/\.$/, "").toLowerCase()) ?? null;
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

/** Persons; null for a blank or "-"; undefined for what is no population. */
function readPopulation(cell: SourceCell): number | null | undefined {
  const text = cleanText(cell);
  if (text === "" || text === "-") return null;
  if (!/^(\d+|\d{1,3}(,\d{3})+)$/.test(text)) return undefined;
  const population = Number(text.replaceAll(",", ""));
  return Number.isSafeInteger(population) ? population : undefined;
}
