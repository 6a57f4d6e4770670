import { isField } from "../fields.ts";
import type { PlaceNames } from "../places/place-resolver.ts";
import { cutName } from "../places/place-words.ts";
import { bad, type CommunityValue, good, type Parsed, parseCommunityValue } from "../records/parse-value.ts";
import { CODE_COLUMN } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";
import { isMeasured, type MergedCell, mergedProblem } from "./merged-cells.ts";
import type { RowFinding } from "./row-finding.ts";

/** One parsed row of a communities file. */
export interface ImportRow {
  row: number;
  /** Ten-digit code of the barangay; null where the row has none, or an invalid one. */
  code: string | null;
  /** The names of the places in the row; "" where a cell is empty or the file has no such column. */
  names: PlaceNames;
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
  /** Merged cells of a workbook that span this row and others. */
  merged?: readonly MergedCell[];
}

/** @param mayBeShort whether a row may end before the last column */
export function parseImportRow(source: SourceRow, header: ImportHeader, mayBeShort: boolean): ImportRow {
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
    parsed.code = parseBarangayCode(codeCell).value;
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
    const read = parseCommunityValue(name, cell);
    if (read.problem !== null) reject(isField(name) ? "figure" : "value", name, cell, read.problem);
    parsed.values.push(read.value);
  }
  return parsed;
}

/** Why the row does not fit the header; null where it does. */
function shapeProblem({ cells, problem }: SourceRow, header: ImportHeader, mayBeShort: boolean): string | null {
  if (problem !== undefined) return problem;
  const isRagged = mayBeShort
    ? cells.slice(header.width).some((cell) => cell.trim() !== "")
    : cells.length !== header.width;
  if (isRagged) {
    return `the row has ${cells.length} cells, the header ${header.width}; check for a missing or extra delimiter or quote`;
  }
  const unnamed = header.unnamedIndexes.find((index) => (cells[index] ?? "").trim() !== "");
  if (unnamed === undefined) return null;
  return `column ${unnamed + 1} has a value but no heading`;
}

/** Accepts nine digits as well: a spreadsheet that stores a code as a number drops its leading zero. */
export function parseBarangayCode(cell: string): Parsed<string> {
  const text = cell.trim().replace(/^'/, "").replace(/\.0+$/, "");
  if (/^\d{9,10}$/.test(text)) return good(text.padStart(10, "0"));
  if (text === "") return bad("the barangay is missing; give its ten-digit PSGC code or its name");
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(text)) {
    return bad("a spreadsheet shortened this code; format the column as text and enter the ten digits again");
  }
  return bad("a barangay code has ten digits, for example 1204701001");
}
