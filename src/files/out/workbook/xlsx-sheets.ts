import type { ExportLosses } from "../../../core/figures/export-table.ts";
import type { FigureColumn } from "../../../core/figures/figure-columns.ts";
import { columnLetters } from "../../../core/headings/column-letters.ts";
import type { UnitValue } from "../../../core/sync/unit-change.ts";
import { inChunks } from "../in-chunks.ts";
import { textCell, valueCell } from "./xlsx-cells.ts";
import { SHEET_START, STYLE } from "./xlsx-parts.ts";

type SheetColumn = Pick<FigureColumn, "name" | "kind">;

/**
 * A sheet with a frozen header, widths and a filter, in pieces.
 *
 * @param headers the header, and rows that belong to it
 * @param rows one value for each column
 */
export function valueSheet(
  columns: readonly SheetColumn[],
  headers: ReadonlyArray<readonly string[]>,
  rows: AsyncIterable<readonly UnitValue[]>,
  losses: ExportLosses,
): AsyncGenerator<string> {
  return inChunks(valueXml(columns, headers, rows, losses));
}

async function* valueXml(
  columns: readonly SheetColumn[],
  headers: ReadonlyArray<readonly string[]>,
  rows: AsyncIterable<readonly UnitValue[]>,
  losses: ExportLosses,
): AsyncGenerator<string> {
  const letters = columns.map((_, index) => columnLetters(index));
  yield `${SHEET_START}${frozen(headers.length)}${widths(columns.map(widthOf))}<sheetData>`;
  let row = 0;
  for (const names of headers) {
    row += 1;
    const cells = names.map((name, index) => textCell(`${letters[index]}${row}`, name, STYLE.header, losses));
    yield `<row r="${row}">${cells.join("")}</row>`;
  }
  for await (const values of rows) {
    row += 1;
    let xml = `<row r="${row}">`;
    for (let index = 0; index < columns.length; index += 1) {
      const { kind } = columns[index] as SheetColumn;
      xml += valueCell(`${letters[index]}${row}`, values[index] ?? null, kind, losses);
    }
    yield `${xml}</row>`;
  }
  yield `</sheetData><autoFilter ref="A${headers.length}:${letters.at(-1)}${row}"/></worksheet>`;
}

/** A sheet of labels and texts. */
export async function* textSheet(
  lines: ReadonlyArray<readonly [string, string]>,
  losses: ExportLosses,
): AsyncGenerator<string> {
  yield `${SHEET_START}${widths([18, 100])}<sheetData>`;
  for (const [index, [label, text]] of lines.entries()) {
    const row = index + 1;
    const cells = textCell(`A${row}`, label, STYLE.header, losses) + textCell(`B${row}`, text, STYLE.text, losses);
    yield `<row r="${row}">${cells}</row>`;
  }
  yield "</sheetData></worksheet>";
}

export function frozen(headerRows: number): string {
  const below = headerRows + 1;
  return `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRows}" topLeftCell="A${below}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
}

/** In characters. Long texts are cut off on the screen, not in the cell. */
const WIDTHS: Record<FigureColumn["kind"], number> = {
  text: 24,
  count: 14,
  degrees: 11,
  ratio: 12,
  flag: 10,
  time: 16,
};

function widthOf({ name, kind }: SheetColumn): number {
  return name.endsWith("_code") ? 14 : WIDTHS[kind];
}

export function widths(list: readonly number[]): string {
  const columns = list.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<cols>${columns.join("")}</cols>`;
}
