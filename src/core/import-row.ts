import { COMMUNITY_COORDINATES, type CommunityCoordinate, isField, MAX_COMMUNITY_FIGURE } from "./fields.ts";
import { CODE_COLUMN, type ImportHeader } from "./import-header.ts";
import type { RowFinding } from "./report.ts";

export type ImportValue = string | number | null;

/** One row of a communities file, checked; values run parallel to the columns of its header. */
export interface ImportRow {
  row: number;
  barangayCode: string;
  values: ImportValue[];
}

/** The checked row, or everything that is wrong with it. Null values stand for empty cells. */
export function parseImportRow(
  row: number,
  cells: readonly string[],
  header: ImportHeader,
): ImportRow | { findings: RowFinding[] } {
  if (cells.length !== header.width) {
    const message = `the row has ${cells.length} cells, the header ${header.width}: a comma or a quote is missing or too many`;
    return { findings: [{ row, column: "", code: "", value: "", message }] };
  }
  const findings: RowFinding[] = [];
  const codeCell = cells[header.codeIndex] as string;
  const code = parseBarangayCode(codeCell);
  const reject = (column: string, value: string, message: string) =>
    findings.push({ row, column, code: code.value ?? codeCell.trim(), value: value.slice(0, 100), message });
  if (code.value === null) reject(CODE_COLUMN, codeCell, code.problem);

  const values: ImportValue[] = [];
  for (const { name, index } of header.columns) {
    const cell = cells[index] as string;
    const parsed = parseImportCell(name, cell);
    if (parsed.problem !== null) reject(name, cell, parsed.problem);
    values.push(parsed.value);
  }
  return findings.length > 0 ? { findings } : { row, barangayCode: code.value as string, values };
}

export type Parsed<T> = { value: T; problem: null } | { value: null; problem: string };

/** Ten digits; nine where a spreadsheet took a code for a number and dropped its leading zero. */
export function parseBarangayCode(cell: string): Parsed<string> {
  const text = cell.trim().replace(/^'/, "").replace(/\.0+$/, "");
  if (/^\d{9,10}$/.test(text)) return good(text.padStart(10, "0"));
  if (text === "") return bad("the barangay code is missing; give the ten digits of its PSGC code");
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(text)) {
    return bad("a spreadsheet shortened this code; format the column as text and enter its ten digits again");
  }
  return bad("a barangay code is ten digits, for example 1204701001");
}

export function parseImportCell(column: string, cell: string): Parsed<ImportValue> {
  if (isField(column)) return parseFigure(cell);
  if (column in COMMUNITY_COORDINATES) return parseCoordinate(column as CommunityCoordinate, cell);
  const text = cell.trim();
  return good(text === "" ? null : text);
}

/** A whole number from 0 to a largest one (of a community: 32 bits), with or without thousands marks; "" and "-" are null. */
export function parseFigure(cell: string, max = MAX_COMMUNITY_FIGURE): Parsed<number | null> {
  const text = cell.trim();
  if (text === "" || text === "-") return good(null);
  const digits = /^\d{1,3}(,\d{3})+(\.0+)?$/.test(text) ? text.replaceAll(",", "") : text;
  if (/^\d+(\.0+)?$/.test(digits)) {
    const figure = Number(digits);
    return figure <= max ? good(figure) : bad(`too large: a figure goes up to ${max.toLocaleString("en-US")}`);
  }
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

function good<T>(value: T): Parsed<T> {
  return { value, problem: null };
}

function bad(problem: string): { value: null; problem: string } {
  return { value: null, problem };
}
