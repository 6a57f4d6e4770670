import type { ColumnMapping } from "../../../../core/headings/import-columns.ts";
import { REJECT_COLUMNS, REJECT_SHEET_COLUMNS } from "../../../../core/headings/reject-columns.ts";
import { type RejectsColumn, rejectedCell, rejectsColumns } from "../../../../core/rows/rejects-columns.ts";
import { placeOfRow } from "../../../../core/rows/sheet-rows.ts";
import { writeCsv } from "../../../../files/out/csv-writer.ts";
import type { Draft } from "../../../../files/out/output-file.ts";
import type { StagedFile } from "../staged-file.ts";
import { type RejectedRow, reasonOf } from "./rejected-rows.ts";

/** Writes the bad rows of all tables under one header; with the sheet, where several are read. */
export function writeRejectsCsv(
  draft: Draft,
  staged: StagedFile,
  batches: AsyncIterable<RejectedRow[]>,
  mapping: ColumnMapping,
): Promise<void> {
  const columns = rejectsColumns(staged.headers, staged.unitsAround, mapping);
  const sheets = staged.sheets?.read ?? null;
  const reasons = sheets === null ? REJECT_COLUMNS : REJECT_SHEET_COLUMNS;
  return writeCsv(draft, [...columns.map(({ heading }) => heading), ...reasons], csvRows(columns, batches, sheets));
}

async function* csvRows(
  columns: readonly RejectsColumn[],
  batches: AsyncIterable<RejectedRow[]>,
  sheets: readonly string[] | null,
): AsyncGenerator<string[][]> {
  for await (const rejected of batches) {
    yield rejected.map(({ source, table, around, findings }) => {
      const { columns: names, code, message } = reasonOf(findings);
      const cells = columns.map((column) => rejectedCell(column, table, source, around));
      const { row, sheet } = placeOfRow(source.row, sheets);
      return [...cells, ...(sheet === null ? [] : [sheet]), String(row), names, code, message];
    });
  }
}
