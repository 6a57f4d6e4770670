/**
 * Reads .xlsx workbooks row by row, in memory that depends on the number of different texts and not of rows. Cells
 * come typed as they are stored (see spreadsheet-cell.ts): formulas by their stored value, rich text as plain text.
 */
import { InputError } from "../../core/errors.ts";
import type { SheetRow } from "./spreadsheet-cell.ts";
import { MAX_SHEET_BYTES, XlsxArchive } from "./xlsx-archive.ts";
import { readVerticalMerges } from "./xlsx-merges.ts";
import { SheetRowCollector } from "./xlsx-sheet.ts";
import { readSheetList, readWorkbook, type WorkbookSheet } from "./xlsx-workbook.ts";
import { collectXml } from "./xlsx-xml.ts";

export interface XlsxRowsOptions {
  /** Name of the sheet; the first one that is not hidden by default. */
  sheet?: string;
}

/** Throws InputError where the file is missing, no workbook, damaged, or without that sheet. */
export async function* readXlsxRows(path: string, options: XlsxRowsOptions = {}): AsyncGenerator<SheetRow> {
  const archive = await XlsxArchive.open(path);
  try {
    const workbook = await readWorkbook(archive);
    const sheet = chooseSheet(path, workbook.sheets, options.sheet);
    const where = `${path}, sheet ${sheet.name}`;
    const xml = () => archive.read(sheet.part, MAX_SHEET_BYTES);
    const collector = new SheetRowCollector(workbook, await readVerticalMerges(xml(), where));
    for await (const rows of collectXml(xml(), collector, where)) yield* rows;
  } finally {
    archive.close();
  }
}

/** Names of the sheets in the workbook's order. Throws InputError where the file is missing or no workbook. */
export async function readXlsxSheetNames(path: string): Promise<string[]> {
  return XlsxArchive.with(path, async (archive) => (await readSheetList(archive)).sheets.map(({ name }) => name));
}

function chooseSheet(path: string, sheets: WorkbookSheet[], name: string | undefined): WorkbookSheet {
  const chosen =
    name === undefined
      ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === name);
  if (chosen) return chosen;
  throw new InputError(
    `${path}: has no sheet "${name ?? ""}"`,
    `Its sheets are: ${sheets.map((sheet) => `"${sheet.name}"`).join(", ")}.`,
  );
}
