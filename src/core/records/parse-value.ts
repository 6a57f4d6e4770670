import { COMMUNITY_COORDINATES, type CommunityCoordinate, isField, MAX_COMMUNITY_FIGURE } from "../fields.ts";

/** What a column of a community holds; null stands for empty. */
export type CommunityValue = string | number | null;

export type Parsed<T> = { value: T; problem: null } | { value: null; problem: string };

/** What a spreadsheet shows where a formula has failed; as text it would be stored and believed. */
const FORMULA_ERROR =
  /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|ERROR!|SPILL!)$|^\(formula without a stored value\)$/;

export function parseCommunityValue(column: string, cell: string): Parsed<CommunityValue> {
  if (isField(column)) return parseFigure(cell);
  if (column in COMMUNITY_COORDINATES) return parseCoordinate(column as CommunityCoordinate, cell);
  const text = cell.trim();
  if (text === "") return good(null);
  if (FORMULA_ERROR.test(text)) return bad("a formula that has failed, not a text");
  // PostgreSQL stores neither, and half of a surrogate pair is no letter; both come from escapes in JSON and workbooks.
  if (text.includes("\u0000") || !text.isWellFormed()) return bad("characters that no text has; type it again");
  return good(text);
}

/** A whole number from 0 to a largest one (of a community: 32 bits), with or without thousands marks; "" and "-" are null. */
export function parseFigure(cell: string, max = MAX_COMMUNITY_FIGURE): Parsed<number | null> {
  const text = cell.trim();
  if (text === "" || text === "-") return good(null);
  // Nearly every cell is a few plain digits, which no limit is below.
  if (/^\d{1,9}$/.test(text)) return good(Number(text));
  const digits = /^\d{1,3}(,\d{3})+(\.0+)?$/.test(text) ? text.replaceAll(",", "") : text;
  if (/^\d+(\.0+)?$/.test(digits)) {
    const figure = Number(digits);
    return figure <= max ? good(figure) : bad(`too large: a figure goes up to ${max.toLocaleString("en-US")}`);
  }
  if (FORMULA_ERROR.test(text)) return bad("a formula that has failed, not a figure; mend it in the spreadsheet");
  if (/^\d{4}-\d\d-\d\d/.test(text))
    return bad("a date, not a figure; format the column as a number and enter it again");
  if (/^-\d/.test(text)) return bad("a figure cannot be negative");
  if (/^\d*\.\d+$/.test(digits)) return bad("a figure is a whole number, without decimals");
  return bad("not a number; give a whole number such as 1234 or 1,234, or leave the cell empty");
}

function parseCoordinate(column: CommunityCoordinate, cell: string): Parsed<number | null> {
  const text = cell.trim();
  if (text === "" || text === "-") return good(null);
  const { min, max } = COMMUNITY_COORDINATES[column];
  const degrees = Number(text);
  if (Number.isFinite(degrees) && degrees >= min && degrees <= max) return good(degrees);
  return bad(`${column} is in decimal degrees, from ${min} to ${max}`);
}

export function good<T>(value: T): Parsed<T> {
  return { value, problem: null };
}

export function bad(problem: string): { value: null; problem: string } {
  return { value: null, problem };
}
