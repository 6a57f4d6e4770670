import { parseDecimal } from "../decimal-number.ts";
import { COMMUNITY_COORDINATES, type CommunityCoordinate, isField, MAX_COMMUNITY_FIGURE } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { isStorableText } from "./given-values.ts";

/** A value of a community; null where it is empty. */
export type CommunityValue = string | number | null;

export type Parsed<T> = { value: T; problem: null } | { value: null; problem: string };

/** What a spreadsheet shows for a failed formula, and the text that the readers give one without a stored result. */
const FORMULA_ERROR =
  /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|ERROR!|SPILL!)$|^Err:\d{3}$|^\(formula without a stored value\)$/;

/** Texts that stand for an empty cell in a column of numbers, in lower case. */
export type NotAvailable = ReadonlySet<string>;

const NOTHING: NotAvailable = new Set();

export function parseCommunityValue(
  column: string,
  cell: string,
  notAvailable: NotAvailable = NOTHING,
): Parsed<CommunityValue> {
  if (isField(column)) return parseFigure(cell, { notAvailable });
  if (column in COMMUNITY_COORDINATES) {
    const isEmpty = notAvailable.has(cell.trim().toLowerCase());
    return isEmpty ? good(null) : parseCoordinate(column as CommunityCoordinate, cell);
  }
  const text = cell.trim();
  if (text === "") return good(null);
  if (FORMULA_ERROR.test(text)) return bad("the result of a failed formula; fix the formula in the spreadsheet");
  // Escapes in JSON and in workbooks can produce characters that no database stores.
  if (!isStorableText(text)) return bad("contains invalid characters; type it again");
  return good(text);
}

/** Parses a whole number from 0 to `max`, with or without thousands separators. "" and "-" are null. */
export function parseFigure(
  cell: string,
  { max = MAX_COMMUNITY_FIGURE, notAvailable = NOTHING }: { max?: number; notAvailable?: NotAvailable } = {},
): Parsed<number | null> {
  const text = cell.trim();
  if (text === "" || text === "-") return good(null);
  // Shortcut for nearly every cell: nine digits are below any limit.
  if (/^\d{1,9}$/.test(text)) return good(Number(text));
  const digits = /^\d{1,3}(,\d{3})+(\.0+)?$/.test(text) ? text.replaceAll(",", "") : text;
  if (/^\d+(\.0+)?$/.test(digits)) {
    const figure = Number(digits);
    return figure <= max ? good(figure) : bad(`too large: the largest figure is ${grouped(max)}`);
  }
  if (notAvailable.has(text.toLowerCase())) return good(null);
  if (FORMULA_ERROR.test(text)) return bad("the result of a failed formula; fix the formula in the spreadsheet");
  if (/^\d{4}-\d\d-\d\d/.test(text)) return bad("a date; format the column as a number and enter the figure again");
  if (/^[\d.,]+\s*%$/.test(text)) return bad("a percentage is not a count; give the count itself");
  if (/^-\d/.test(text)) return bad("a figure cannot be negative");
  if (/^\d*\.\d+$/.test(digits)) return bad("a figure must be a whole number");
  return bad("not a number; give a whole number such as 1234 or 1,234, or leave the cell empty");
}

function parseCoordinate(column: CommunityCoordinate, cell: string): Parsed<number | null> {
  const text = cell.trim();
  if (text === "" || text === "-") return good(null);
  const { min, max, example } = COMMUNITY_COORDINATES[column];
  const degrees = parseDecimal(text);
  if (degrees !== null && degrees >= min && degrees <= max) return good(degrees);
  return bad(`${column} must be in decimal degrees such as ${example}, from ${min} to ${max}`);
}

export function good<T>(value: T): Parsed<T> {
  return { value, problem: null };
}

export function bad(problem: string): { value: null; problem: string } {
  return { value: null, problem };
}
