import { isField } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { CODE_COLUMN } from "../headings/import-columns.ts";
import type { ImportHeader } from "../headings/import-header.ts";
import { isMeasured, type MergedCell, mergedProblem } from "../headings/merged-cells.ts";
import type { UnitNames } from "../headings/unit-headings.ts";
import { BARANGAY_CODES, type CodeKind } from "../places/code-kind.ts";
import type { PlaceNames } from "../places/place-resolver.ts";
import { cutName } from "../places/place-words.ts";
import {
  bad,
  type CommunityValue,
  good,
  type NotAvailable,
  type Parsed,
  parseCommunityValue,
} from "../records/parse-value.ts";
import { fitText, type TextRules, textRuleOf } from "../records/text-rules.ts";
import type { RowFinding } from "./row-finding.ts";
import type { Cell } from "./sheet-cell.ts";

/** One parsed row of a communities file. */
export interface ImportRow {
  row: number;
  /** Code of the barangay, stored or of the PSGC; null where the row has none, or an invalid one. */
  code: string | null;
  /** The names of the places in the row; "" where a cell is empty or the file has no such column. */
  names: PlaceNames;
  /** Those of them that the file says elsewhere: in a heading between the rows, in a title or as the name of the sheet. */
  around: UnitNames;
  /** One for each of the header's columns, in the same order; null where the cell is empty. */
  values: CommunityValue[];
  /** One for each invalid cell. */
  findings: RowFinding[];
}

/** A row as the file readers deliver it. */
export interface SourceRow {
  row: number;
  cells: readonly string[];
  /** Why the row could not be read. */
  problem?: string;
  /** The cells of a workbook as they are stored: numbers, dates and so on. */
  stored?: readonly Cell[];
  /** Merged cells of a workbook that span this row and others. */
  merged?: readonly MergedCell[];
}

/** How the cells of a file are read. */
export interface RowRules {
  /** Whether a row may end before the last column. */
  mayBeShort: boolean;
  /** Whose codes the places of the database have. */
  codes: CodeKind;
  texts: TextRules;
  /** Texts that stand for an empty cell in a column of numbers. */
  notAvailable: NotAvailable;
}

/** What field offices write into an empty cell. "-" and a cell of blanks are always empty. */
export const NOT_AVAILABLE: readonly string[] = ["n/a", "none", "wala"];

export function parseImportRow(source: SourceRow, header: ImportHeader, rules: RowRules): ImportRow {
  const { row, cells } = source;
  const cellAt = (index: number) => (index === -1 ? "" : (cells[index] ?? ""));
  const nameAt = (column: keyof PlaceNames) => cutName(cellAt(header.nameIndexes[column]).trim());
  const parsed: ImportRow = {
    row,
    code: null,
    names: {
      region: nameAt("region"),
      province: nameAt("province"),
      municipality: nameAt("municipality"),
      barangay: nameAt("barangay"),
    },
    around: {},
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
  const shape = shapeProblem(source, header, rules.mayBeShort);
  if (shape !== null) {
    reject("row", "", "", shape);
    parsed.code = parseBarangayCode(codeCell, rules.codes).value;
    return parsed;
  }
  const mergedAt = (index: number) => source.merged?.find(({ column }) => column === index);
  const mergedName = mergedAt(header.codeIndex) ?? mergedAt(header.nameIndexes.barangay);
  if (mergedName !== undefined) {
    const column = mergedName.column === header.codeIndex ? CODE_COLUMN : "barangay";
    reject("merged", column, mergedName.text, mergedProblem(mergedName, "give each barangay one row"));
  } else if (codeCell.trim() !== "" || parsed.names.barangay === "") {
    const code = parseBarangayCode(codeCell, rules.codes);
    parsed.code = code.value;
    if (code.value === null) reject("code", header.codeIndex === -1 ? "barangay" : CODE_COLUMN, codeCell, code.problem);
  }
  for (const { name, index } of header.columns) {
    const merged = source.merged !== undefined && isMeasured(name) ? mergedAt(index) : undefined;
    if (merged !== undefined && !isEmpty(merged.text, rules)) {
      reject("merged", name, merged.text, mergedProblem(merged, "give each row its own figure"));
      parsed.values.push(null);
      continue;
    }
    const cell = cellAt(index);
    const read = readCell(name, cell, rules);
    if (read.problem !== null) reject(isField(name) ? "figure" : "value", name, cell, read.problem);
    parsed.values.push(read.value);
  }
  return parsed;
}

function isEmpty(text: string, { notAvailable }: RowRules): boolean {
  return text.trim() === "-" || notAvailable.has(text.trim().toLowerCase());
}

function readCell(column: string, cell: string, { texts, notAvailable }: RowRules): Parsed<CommunityValue> {
  const parsed = parseCommunityValue(column, cell, notAvailable);
  const rule = textRuleOf(texts, column);
  return rule === undefined || typeof parsed.value !== "string" ? parsed : fitText(rule, parsed.value);
}

/** Why the row does not fit the header; null where it does. */
function shapeProblem({ cells, problem }: SourceRow, header: ImportHeader, mayBeShort: boolean): string | null {
  if (problem !== undefined) return problem;
  const isRagged = mayBeShort
    ? cells.slice(header.width).some((cell) => cell.trim() !== "")
    : cells.length !== header.width;
  if (isRagged) {
    return `the row has ${grouped(cells.length)} cells, the header ${grouped(header.width)}; check for a missing or extra delimiter or quote`;
  }
  const unnamed = header.unnamedIndexes.find((index) => (cells[index] ?? "").trim() !== "");
  if (unnamed === undefined) return null;
  return `column ${unnamed + 1} has a value but no heading`;
}

/** Accepts nine digits as well: a spreadsheet that stores a code as a number drops its leading zero. */
export function parseBarangayCode(cell: string, codes: CodeKind): Parsed<string> {
  const text = cell.trim().replace(/^'/, "").replace(/\.0+$/, "");
  if (/^\d{9,10}$/.test(text)) return good(text.padStart(10, "0"));
  if (text === "") return bad(`the barangay is missing; give ${BARANGAY_CODES[codes]}, or its name`);
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(text)) {
    return bad("a spreadsheet shortened this code; format the column as text and enter the ten digits again");
  }
  if (codes === "own") return good(cutName(text));
  return bad("a barangay code has ten digits, for example 1204701001");
}
