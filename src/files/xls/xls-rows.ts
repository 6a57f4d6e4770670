import type { CellObject } from "@e965/xlsx";
import { type Cell, cellReference } from "../../core/rows/sheet-cell.ts";
import { MAX_COLUMNS, tooManyColumns } from "../table-row.ts";
import { shownBy } from "../workbook/number-format.ts";
import { dateCell, type SheetRow } from "../workbook/spreadsheet-cell.ts";
import { MergeTracker, VerticalMerges } from "../workbook/vertical-merges.ts";
import type { SheetJsSheet } from "./sheetjs.ts";

/** The numbers that .xls stores for errors ([MS-XLS] 2.5.10). */
const ERRORS: Record<number, string> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};

/** @param where names file and sheet in errors */
export function* rowsOfXls(
  { data, merges, rows }: SheetJsSheet,
  epoch1904: boolean,
  where: string,
): Generator<SheetRow> {
  const vertical = new VerticalMerges(where);
  for (const { s: first, e: last } of merges) {
    const reference = cellReference(first.c, first.r + 1);
    vertical.add({ column: first.c, reference, firstRow: first.r + 1, lastRow: last.r + 1 });
  }
  const tracker = new MergeTracker(vertical);
  for (let index = 0; index < data.length; index++) {
    const cells = Array.from(data[index] ?? [], (cell) => readXlsCell(cell, epoch1904));
    while (cells.length > 0 && cells.at(-1) === null) cells.pop();
    if (cells.length === 0) continue;
    const row = index + 1;
    if (cells.length > MAX_COLUMNS) throw tooManyColumns(where, row, cells.length);
    const hidden = rows[index]?.hidden === true;
    const merged = tracker.over(row, cells);
    yield merged === undefined ? { row, cells, hidden } : { row, cells, hidden, merged };
  }
}

function readXlsCell(cell: CellObject | undefined, epoch1904: boolean): Cell {
  const value = cell?.v;
  if (cell === undefined || value === undefined) return null;
  if (cell.t === "e") return { kind: "error", text: ERRORS[value as number] ?? `#ERROR ${value}` };
  if (typeof value === "number") return numberCell(value, String(cell.z ?? ""), epoch1904);
  if (typeof value === "boolean") return value;
  return String(value) === "" ? null : String(value);
}

function numberCell(value: number, format: string, epoch1904: boolean): Cell {
  const shown = shownBy({ id: 0, code: format });
  if (shown === "percentage") return { kind: "percentage", share: value };
  return shown === "date" ? dateCell(value, epoch1904) : value;
}
