import { CODE_COLUMN, type ColumnMapping } from "../../../../core/headings/import-columns.ts";
import { REJECT_CELL_COLUMNS } from "../../../../core/headings/reject-columns.ts";
import { type RejectsColumn, rejectedCell, rejectsColumns } from "../../../../core/rows/rejects-columns.ts";
import { cellReference } from "../../../../core/rows/sheet-cell.ts";
import { placeOfRow } from "../../../../core/rows/sheet-rows.ts";
import type { Draft } from "../../../../files/out/output-file.ts";
import { type FormCell, formSheet } from "../../../../files/out/workbook/form-sheet.ts";
import { sheetTitles } from "../../../../files/out/workbook/sheet-titles.ts";
import { storedCell } from "../../../../files/out/workbook/stored-cells.ts";
import { STYLE } from "../../../../files/out/workbook/xlsx-parts.ts";
import { writeWorkbook } from "../../../../files/out/workbook/xlsx-workbook.ts";
import type { StagedFile } from "../staged-file.ts";
import { type RejectedRow, reasonOf } from "./rejected-rows.ts";

/** Writes the bad rows of each table to a sheet. Where several sheets are read, those with bad rows keep their names. */
export async function writeRejectsWorkbook(
  draft: Draft,
  { headers, unitsAround, sheets, rejectedTables }: StagedFile,
  batches: AsyncGenerator<RejectedRow[]>,
  mapping: ColumnMapping,
): Promise<void> {
  const names = sheets?.read ?? null;
  const tables = [...rejectedTables].toSorted((left, right) => left - right);
  const titles = names === null ? ["Bad rows"] : sheetTitles(tables.map((table) => names[table] ?? ""));
  const rowsOf = byTable(batches);
  const written = tables.map((table, index) => {
    const header = headers[table];
    const columns = rejectsColumns(header === undefined ? [] : [header], unitsAround, mapping);
    const shown = [...columns.map(({ heading }) => ({ heading, width: widthOf(heading) })), ...REASON_COLUMNS];
    const xml = formSheet(
      shown.map((column) => ({ ...column, note: "", takes: null })),
      sheetRows(columns, rowsOf(table), names),
    );
    return { title: titles[index] ?? "", xml };
  });
  await writeWorkbook(draft, written);
}

const REASON_WIDTHS: Record<(typeof REJECT_CELL_COLUMNS)[number], number> = {
  ...{ row: 7, cell: 9, column: 22, code: 14, message: 90 },
};

const REASON_COLUMNS = REJECT_CELL_COLUMNS.map((heading) => ({ heading, width: REASON_WIDTHS[heading] }));

function widthOf(heading: string): number {
  return Math.min(Math.max(heading.length + 2, 12), 30);
}

/** The bad rows of one table after the other, to be asked for in the order of the tables. The sheets are written in turn. */
function byTable(batches: AsyncGenerator<RejectedRow[]>): (table: number) => AsyncGenerator<RejectedRow[]> {
  let next: RejectedRow[] | null = null;
  return async function* (table) {
    for (;;) {
      if (next === null) {
        const { value, done } = await batches.next();
        if (done) return;
        if (value.length === 0) continue;
        next = value;
      }
      if (next[0]?.table !== table) return;
      const rows = next;
      next = null;
      yield rows;
    }
  };
}

async function* sheetRows(
  columns: readonly RejectsColumn[],
  batches: AsyncIterable<RejectedRow[]>,
  sheets: readonly string[] | null,
): AsyncGenerator<Array<FormCell | null>> {
  const names = columns.map(({ column }) => column);
  // What is wrong with a barangay is in the column that names it.
  const named = names.includes(CODE_COLUMN) ? CODE_COLUMN : "barangay";
  for await (const rejected of batches) {
    for (const { source, around, findings } of rejected) {
      const { row } = placeOfRow(source.row, sheets);
      const bad = new Set(findings.map(({ column }) => names.indexOf(column === CODE_COLUMN ? named : column)));
      const cells = columns.map((column, index) => {
        const at = column.indexes[0] ?? -1;
        const cell = storedCell(rejectedCell(column, 0, source, around), source.stored?.[at], column.column);
        return bad.has(index) ? { value: null, style: STYLE.text, ...cell, isMarked: true } : cell;
      });
      const { columns: reported, code, message } = reasonOf(findings);
      const inFile = columns.flatMap(({ indexes }, index) => (bad.has(index) ? indexes : []));
      const references = inFile.filter((index) => index !== -1).map((index) => cellReference(index, row));
      const texts = [references.join(", "), reported, code, message].map((value) => ({ value, style: STYLE.text }));
      yield [...cells, { value: row, style: STYLE.plain }, ...texts];
    }
  }
}
