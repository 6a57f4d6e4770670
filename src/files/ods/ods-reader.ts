/**
 * Reads .ods workbooks (OpenDocument spreadsheets) row by row, with the cells that the reader of .xlsx gives for the same
 * sheet. The rows of all sheets are in one part, so it is read up to the end of the sheet.
 */
import { InputError } from "../../core/errors.ts";
import type { SheetRow } from "../workbook/spreadsheet-cell.ts";
import type { Workbook } from "../workbook/workbook.ts";
import { MAX_SHEET_BYTES, type WorkbookArchive } from "../workbook/workbook-archive.ts";
import { collectXml } from "../workbook/xml-stream.ts";
import { OdsRowCollector } from "./ods-rows.ts";
import { type OdsSheet, readOdsSheets } from "./ods-sheets.ts";

/** The part with the sheets. */
export const CONTENT = "content.xml";

const MANIFEST = "META-INF/manifest.xml";
const MAX_MANIFEST_BYTES = 4 * 1024 ** 2;

/** @throws InputError where the archive is not an .ods workbook, is damaged, or has a password */
export async function readOds(archive: WorkbookArchive): Promise<Workbook> {
  await refuseEncrypted(archive);
  const sheets = await readOdsSheets(archive.read(CONTENT, MAX_SHEET_BYTES));
  if (sheets.length === 0) {
    throw new InputError(
      `${archive.name} is an OpenDocument file without sheets`,
      "Open it in a spreadsheet program and save it as .ods or .xlsx.",
    );
  }
  return {
    format: "ods",
    sheets: sheets.map((sheet) => ({ ...sheet, rows: () => rowsOf(archive, sheet) })),
    close: () => archive.close(),
  };
}

async function* rowsOf(archive: WorkbookArchive, sheet: OdsSheet): AsyncGenerator<SheetRow> {
  const where = `${archive.name}, sheet ${sheet.name}`;
  const collector = new OdsRowCollector(sheet.position, where);
  for await (const items of collectXml(archive.read(CONTENT, MAX_SHEET_BYTES), collector, where)) {
    for (const { repeated, ...row } of items) {
      yield row;
      for (let below = 1; below < repeated; below++) yield { ...row, row: row.row + below };
    }
    if (collector.isAtEnd) return;
  }
}

async function refuseEncrypted(archive: WorkbookArchive): Promise<void> {
  let manifest = "";
  if (archive.has(MANIFEST)) {
    for await (const chunk of archive.read(MANIFEST, MAX_MANIFEST_BYTES)) manifest += chunk;
  }
  if (!archive.has("encrypted-package") && !/<(?:[\w.-]+:)?encryption-data[\s>]/.test(manifest)) return;
  throw new InputError(`${archive.name} is protected by a password`, "Save it without a password.");
}
