/**
 * Reads .xlsx workbooks row by row. Memory depends on the number of distinct strings, not on the number of rows. Cells
 * have the type in which they are stored (see spreadsheet-cell.ts): a formula yields its stored result, rich text
 * becomes plain text.
 */
import type { InputFile } from "../open-file.ts";
import type { SheetRow } from "../workbook/spreadsheet-cell.ts";
import { chooseSheet, type Workbook } from "../workbook/workbook.ts";
import { MAX_SHEET_BYTES, WorkbookArchive } from "../workbook/workbook-archive.ts";
import { collectXml } from "../workbook/xml-stream.ts";
import { readVerticalMerges } from "./xlsx-merges.ts";
import { SheetRowCollector } from "./xlsx-sheet.ts";
import { readSharedParts, readSheetList, type XlsxSheet } from "./xlsx-workbook.ts";

/** @throws InputError where the archive is not an .xlsx workbook, or is damaged */
export async function readXlsx(archive: WorkbookArchive): Promise<Workbook> {
  const { sheets } = await readSheetList(archive);
  return {
    format: "xlsx",
    sheets: sheets.map((sheet) => ({ ...sheet, rows: () => rowsOf(archive, sheet) })),
    close: () => archive.close(),
  };
}

async function* rowsOf(archive: WorkbookArchive, sheet: XlsxSheet): AsyncGenerator<SheetRow> {
  const shared = await readSharedParts(archive);
  const where = `${archive.name}, sheet ${sheet.name}`;
  const xml = () => archive.read(sheet.part, MAX_SHEET_BYTES);
  const collector = new SheetRowCollector(shared, await readVerticalMerges(xml(), where), where);
  for await (const rows of collectXml(xml(), collector, where)) yield* rows;
}

export interface XlsxRowsOptions {
  /** Name of the sheet. Default: the first sheet that is not hidden. */
  sheet?: string;
}

/** @throws InputError where the file is missing, damaged or not a workbook, or has no such sheet */
export async function* readXlsxRows(file: InputFile, { sheet }: XlsxRowsOptions = {}): AsyncGenerator<SheetRow> {
  const archive = await WorkbookArchive.open(file);
  try {
    const { sheets } = await readXlsx(archive);
    yield* chooseSheet(file.name, sheets, sheet ?? null).rows();
  } finally {
    archive.close();
  }
}

/**
 * Names of the sheets, ordered as in the workbook.
 *
 * @throws InputError where the file is missing or not a workbook
 */
export async function readXlsxSheetNames(file: InputFile): Promise<string[]> {
  return WorkbookArchive.with(file, async (archive) => (await readSheetList(archive)).sheets.map(({ name }) => name));
}
