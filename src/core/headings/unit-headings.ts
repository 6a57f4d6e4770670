/** Recognizes texts that name the place of the rows below them: "MUNICIPALITY OF DAMULOG", "Lalawigan ng Bukidnon". */
import { regionsNamed } from "../places/place-history.ts";

/** The columns of the units above a barangay, the largest first. */
export type UnitColumn = "region" | "province" | "municipality";

export const UNIT_COLUMNS: readonly UnitColumn[] = ["region", "province", "municipality"];

/** Names of the units around rows; a level that is unknown is absent. */
export type UnitNames = Partial<Record<UnitColumn, string>>;

const MUNICIPALITY =
  "municipality|mun\\.?|muni\\.?|city/municipality|municipality/city|town|bayan|munisipyo|munisipalidad";
const CITY = "city|lungsod|dakbayan";
const PROVINCE = "province|prov\\.?|lalawigan|probins[iy]+a";
const OF = "\\s*(?:\\bof\\b|\\bng\\b|\\bsa\\b|:)\\s*:?\\s*";

/** A word for a level, and the name after it. */
const LABELLED: ReadonlyArray<[pattern: RegExp, column: UnitColumn, prefix: string]> = [
  [new RegExp(`^(?:the\\s+)?(?:${MUNICIPALITY})${OF}(.+)$`, "i"), "municipality", ""],
  [new RegExp(`^(?:the\\s+)?(?:${CITY})${OF}(.+)$`, "i"), "municipality", "City of "],
  [new RegExp(`^(?:the\\s+)?(?:${PROVINCE})${OF}(.+)$`, "i"), "province", ""],
  [/^(?:region|rehiyon)\s*:\s*(.+)$/i, "region", ""],
  [/^(.+?)\s+(?:province|prov\.?)$/i, "province", ""],
  [/^(.+?)\s+municipality$/i, "municipality", ""],
];
const LABEL_ONLY = new RegExp(`^(?:${MUNICIPALITY}|${CITY}|${PROVINCE}|region|rehiyon)\\s*(?:of|ng|sa)?\\s*:?$`, "i");
const MAX_TEXTS = 8;
const MAX_NAME_WORDS = 7;

/**
 * The units that a row of texts names, each with a word for its level. Null where a text is anything else, so that a row
 * of data or a sentence is no heading.
 */
export function unitHeading(texts: readonly string[]): UnitNames | null {
  if (texts.length === 0 || texts.length > MAX_TEXTS) return null;
  const units: UnitNames = {};
  for (const text of withLabels(texts)) {
    let isLabelled = false;
    for (const part of text.split(SEPARATOR)) {
      if (part.trim() === "" || (units.region !== undefined && regionsNamed(part).length > 0)) continue;
      // "Municipality of Damulog, Bukidnon": the second name needs no word for its level.
      const unit = labelledUnit(part.trim()) ?? (isLabelled ? provinceAfter(part.trim(), units) : null);
      if (unit === null) return null;
      const [column, name] = unit;
      if (units[column] !== undefined && units[column] !== name) return null;
      units[column] = name;
      isLabelled = true;
    }
  }
  return Object.keys(units).length === 0 ? null : units;
}

/** The units that the titles above a table name. A level that two titles name differently is left out. */
export function unitsInTitles(rows: ReadonlyArray<readonly string[]>): UnitNames {
  const named = new Map<UnitColumn, Set<string>>();
  for (const cells of rows) {
    const units = unitHeading(cells.filter((cell) => cell.trim() !== "")) ?? {};
    for (const column of UNIT_COLUMNS) {
      const name = units[column];
      if (name !== undefined) named.set(column, (named.get(column) ?? new Set()).add(name));
    }
  }
  const single = [...named].filter(([, names]) => names.size === 1);
  return Object.fromEntries(single.map(([column, names]) => [column, [...names][0]]));
}

const SEPARATOR = /[,;|]|\s[-–—/]\s/;

/** The texts, with a label joined to the name in the next cell: "Province:" | "Bukidnon". */
function withLabels(texts: readonly string[]): string[] {
  const labelled: string[] = [];
  let label = "";
  for (const text of texts) {
    if (LABEL_ONLY.test(text.trim())) {
      label = `${text.trim().replace(/[\s:]+$/, "")}: `;
      continue;
    }
    labelled.push(label + text.trim());
    label = "";
  }
  return labelled;
}

/** A shortcut for rows of data, of which few begin with such a word. */
const MAYBE = new RegExp(
  `^(?:the\\s+)?(?:${MUNICIPALITY}|${CITY}|${PROVINCE}|region|rehiyon)\\b|\\b(?:province|prov|municipality)\\.?$`,
  "i",
);

export function mayBeUnitHeading(text: string): boolean {
  return MAYBE.test(text);
}

function labelledUnit(text: string): [UnitColumn, string] | null {
  for (const [pattern, column, prefix] of LABELLED) {
    const name = pattern.exec(text)?.[1]?.trim();
    if (name === undefined || !isName(name)) continue;
    return [column, prefix + name];
  }
  return /^(region|rehiyon)\b/i.test(text) && regionsNamed(text).length > 0 ? ["region", text] : null;
}

/** "Municipality of Damulog, Bukidnon" */
function provinceAfter(text: string, units: UnitNames): [UnitColumn, string] | null {
  return units.municipality !== undefined && units.province === undefined && isName(text) ? ["province", text] : null;
}

function isName(text: string): boolean {
  return /\p{L}/u.test(text) && text.split(/\s+/).length <= MAX_NAME_WORDS && !/^[_.\s-]+$/.test(text);
}
