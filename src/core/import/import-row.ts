import { COMMUNITY_COORDINATES, type CommunityCoordinate, isField, MAX_COMMUNITY_FIGURE } from "../fields.ts";
import type { PlaceNames } from "../places/place-resolver.ts";
import type { RowFinding } from "../report.ts";
import { CODE_COLUMN } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";
import { isMeasured, type MergedCell, mergedProblem } from "./merged-cells.ts";

export type ImportValue = string | number | null;

/** One row of a communities file, read; values run parallel to the columns of its header. Null stands for empty. */
export interface ImportRow {
  row: number;
  /** The barangay's ten digits; null where the row gives none, or none that can be read. */
  code: string | null;
  /** The names in the row; all "" where the file has no such columns. */
  names: PlaceNames;
  values: ImportValue[];
  /** Everything that is wrong with its cells. */
  findings: RowFinding[];
}

/** A row as a reader hands it over. */
export interface SourceRow {
  row: number;
  cells: readonly string[];
  problem?: string;
  /** Cells of a workbook that are merged over this row and others. */
  merged?: readonly MergedCell[];
}

/** @param mayBeShort whether empty cells at the end of a row may be missing */
export function parseImportRow(source: SourceRow, header: ImportHeader, mayBeShort: boolean): ImportRow {
  const { row, cells } = source;
  const cellAt = (index: number) => (index === -1 ? "" : (cells[index] ?? ""));
  const nameAt = (column: keyof PlaceNames) => cellAt(header.nameIndexes[column]).trim();
  const parsed: ImportRow = {
    row,
    code: null,
    names: {
      region: nameAt("region"),
      province: nameAt("province"),
      municipality: nameAt("municipality"),
      barangay: nameAt("barangay"),
    },
    values: [],
    findings: [],
  };
  const codeCell = cellAt(header.codeIndex);
  const reject = (kind: string, column: string, value: string, message: string) =>
    parsed.findings.push({
      row,
      column,
      code: parsed.code ?? codeCell.trim(),
      value: value.slice(0, 100),
      message,
      kind,
    });
  const shape = shapeProblem(source, header, mayBeShort);
  if (shape !== null) {
    reject("row", "", "", shape);
    return parsed;
  }
  const mergedAt = (index: number) => source.merged?.find(({ column }) => column === index);
  const mergedName = mergedAt(header.codeIndex) ?? mergedAt(header.nameIndexes.barangay);
  if (mergedName !== undefined) {
    const column = mergedName.column === header.codeIndex ? CODE_COLUMN : "barangay";
    reject("merged", column, mergedName.text, mergedProblem(mergedName, "give each barangay one row"));
  } else if (codeCell.trim() !== "" || parsed.names.barangay === "") {
    const code = parseBarangayCode(codeCell);
    parsed.code = code.value;
    if (code.value === null) reject("code", header.codeIndex === -1 ? "barangay" : CODE_COLUMN, codeCell, code.problem);
  }
  for (const { name, index } of header.columns) {
    const merged = source.merged !== undefined && isMeasured(name) ? mergedAt(index) : undefined;
    if (merged !== undefined && merged.text.trim() !== "-") {
      reject("merged", name, merged.text, mergedProblem(merged, "give each row its own figure"));
      parsed.values.push(null);
      continue;
    }
    const cell = cellAt(index);
    const read = parseImportCell(name, cell);
    if (read.problem !== null) reject(isField(name) ? "figure" : "value", name, cell, read.problem);
    parsed.values.push(read.value);
  }
  return parsed;
}

/** What is wrong with the number of cells, or with cells where there should be none. */
function shapeProblem({ cells, problem }: SourceRow, header: ImportHeader, mayBeShort: boolean): string | null {
  if (problem !== undefined) return problem;
  const isRagged = mayBeShort
    ? cells.slice(header.width).some((cell) => cell.trim() !== "")
    : cells.length !== header.width;
  if (isRagged) {
    return `the row has ${cells.length} cells, the header ${header.width}: a delimiter or a quote is missing or too many`;
  }
  const unnamed = header.unnamedIndexes.find((index) => (cells[index] ?? "").trim() !== "");
  if (unnamed === undefined) return null;
  return `there is a value in column ${unnamed + 1}, which has no heading`;
}

export type Parsed<T> = { value: T; problem: null } | { value: null; problem: string };

/** What a spreadsheet shows where a formula has failed; as text it would be stored and believed. */
const FORMULA_ERROR =
  /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|ERROR!|SPILL!)$|^\(formula without a stored value\)$/;

/** Ten digits; nine where a spreadsheet took a code for a number and dropped its leading zero. */
export function parseBarangayCode(cell: string): Parsed<string> {
  const text = cell.trim().replace(/^'/, "").replace(/\.0+$/, "");
  if (/^\d{9,10}$/.test(text)) return good(text.padStart(10, "0"));
  if (text === "") return bad("the barangay is missing; give the ten digits of its PSGC code, or its name");
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(text)) {
    return bad("a spreadsheet shortened this code; format the column as text and enter its ten digits again");
  }
  return bad("a barangay code is ten digits, for example 1204701001");
}

export function parseImportCell(column: string, cell: string): Parsed<ImportValue> {
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

function good<T>(value: T): Parsed<T> {
  return { value, problem: null };
}

function bad(problem: string): { value: null; problem: string } {
  return { value: null, problem };
}
