import type { ExportLosses, ExportTable } from "../../core/figures/export-table.ts";
import type { FigureColumn } from "../../core/figures/figure-columns.ts";
import { hxlTag } from "../../core/figures/hxl-tags.ts";
import { inChunks } from "./in-chunks.ts";
import { textCell, valueCell } from "./xlsx-cells.ts";
import { SHEET_START, STYLE } from "./xlsx-parts.ts";

/** A sheet with a frozen header, widths and a filter, in pieces. */
export function figureSheet(
  table: ExportTable,
  options: { hxl: boolean; losses: ExportLosses },
): AsyncGenerator<string> {
  return inChunks(sheetXml(table, options));
}

async function* sheetXml(
  { columns, rows }: ExportTable,
  { hxl, losses }: { hxl: boolean; losses: ExportLosses },
): AsyncGenerator<string> {
  const letters = columns.map((_, index) => columnLetters(index));
  const headers = [columns.map(({ name }) => name), ...(hxl ? [columns.map(({ name }) => hxlTag(name))] : [])];
  yield `${SHEET_START}${frozen(headers.length)}${widths(columns)}<sheetData>`;
  let row = 0;
  for (const names of headers) {
    row += 1;
    const cells = names.map((name, index) => textCell(`${letters[index]}${row}`, name, STYLE.header, losses));
    yield `<row r="${row}">${cells.join("")}</row>`;
  }
  for await (const figures of rows) {
    row += 1;
    let xml = `<row r="${row}">`;
    for (let index = 0; index < columns.length; index += 1) {
      const { kind, read } = columns[index] as FigureColumn;
      xml += valueCell(`${letters[index]}${row}`, read(figures), kind, losses);
    }
    yield `${xml}</row>`;
  }
  yield `</sheetData><autoFilter ref="A${headers.length}:${letters.at(-1)}${row}"/></worksheet>`;
}

/** A sheet of labels and texts. */
export function aboutSheet(lines: ReadonlyArray<readonly [string, string]>, losses: ExportLosses): string {
  const rows = lines.map(
    ([label, text], index) =>
      `<row r="${index + 1}">${textCell(`A${index + 1}`, label, STYLE.header, losses)}${textCell(`B${index + 1}`, text, STYLE.text, losses)}</row>`,
  );
  return `${SHEET_START}<cols><col min="1" max="1" width="18" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
}

function frozen(headerRows: number): string {
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

function widths(columns: readonly FigureColumn[]): string {
  const list = columns.map(({ name, kind }, index) => {
    const width = name.endsWith("_code") ? 14 : WIDTHS[kind];
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return `<cols>${list.join("")}</cols>`;
}

/** A for the first column, AA for the 27th. */
function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
