/**
 * Reads .xlsx workbooks row by row. Memory depends on the number of distinct strings, not on the number of rows. Cells
 * have the type in which they are stored (see spreadsheet-cell.ts): a formula yields its stored result, rich text
 * becomes plain text.
 */
import { InputError } from "../../core/errors.ts";
import type { InputFile } from "../open-file.ts";
import type { SheetRow } from "./spreadsheet-cell.ts";
import { MAX_SHEET_BYTES, XlsxArchive } from "./xlsx-archive.ts";
import { readVerticalMerges } from "./xlsx-merges.ts";
import { SheetRowCollector } from "./xlsx-sheet.ts";
import { listSheets, readSheetList, readWorkbook, type WorkbookSheet } from "./xlsx-workbook.ts";
import { collectXml } from "./xlsx-xml.ts";

export interface XlsxRowsOptions {
  /** Name of the sheet. Default: the first sheet that is not hidden. */
  sheet?: string;
}

/** @throws InputError where the file is missing, damaged or not a workbook, or has no such sheet */
export async function* readXlsxRows(file: InputFile, options: XlsxRowsOptions = {}): AsyncGenerator<SheetRow> {
  const archive = await XlsxArchive.open(file);
  try {
    const workbook = await readWorkbook(archive);
    const sheet = chooseSheet(file.name, workbook.sheets, options.sheet);
    const where = `${file.name}, sheet ${sheet.name}`;
    const xml = () => archive.read(sheet.part, MAX_SHEET_BYTES);
    const collector = new SheetRowCollector(workbook, await readVerticalMerges(xml(), where), where);
    for await (const rows of collectXml(xml(), collector, where)) yield* rows;
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
  return (await readXlsxSheets(file)).map(({ name }) => name);
}

/** The same, with whether each is hidden. */
export async function readXlsxSheets(file: InputFile): Promise<Array<{ name: string; hidden: boolean }>> {
  return XlsxArchive.with(file, async (archive) => (await readSheetList(archive)).sheets);
}

function chooseSheet(file: string, sheets: WorkbookSheet[], name: string | undefined): WorkbookSheet {
  const chosen =
    name === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === name);
  if (chosen) return chosen;
  throw new InputError(`${file} has no sheet "${name ?? ""}"`, `Its sheets are: ${listSheets(sheets)}.`);
}
