import { isField } from "../fields.ts";
import type { PlaceNames } from "../places/place-resolver.ts";
import { bad, type CommunityValue, good, type Parsed, parseCommunityValue } from "../records/parse-value.ts";
import { CODE_COLUMN } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";
import { isMeasured, type MergedCell, mergedProblem } from "./merged-cells.ts";
import type { RowFinding } from "./row-finding.ts";

/** One row of a communities file, read; values run parallel to the columns of its header. Null stands for empty. */
export interface ImportRow {
  row: number;
  /** The barangay's ten digits; null where the row gives none, or none that can be read. */
  code: string | null;
  /** The names in the row; all "" where the file has no such columns. */
  names: PlaceNames;
  values: CommunityValue[];
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
    const read = parseCommunityValue(name, cell);
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
