import { InputError } from "../../core/errors.ts";
import type { InputFile } from "../open-file.ts";
import type { Workbook } from "./workbook.ts";
import { WorkbookArchive } from "./workbook-archive.ts";

/** The first four bytes, in hexadecimal, of a zip file, and of a compound file, which .xls workbooks are. */
export const ZIP_FILE = "504b0304";
export const COMPOUND_FILE = "d0cf11e0";

/** The names of files that are opened as workbooks whatever their content is, so that damage is reported as such. */
const NAMES = /\.(xlsx|xlsm|xltx|ods|ots|xls|xlsb)$/i;

export function isWorkbook(file: InputFile, signature: string): boolean {
  return signature === ZIP_FILE || signature === COMPOUND_FILE || NAMES.test(file.name);
}

/**
 * Opens a workbook. The format is found from its content. The readers are loaded on demand: most files are text, and
 * SheetJS is large.
 *
 * @throws InputError where it is none that can be read: damaged, too large, with a password, or of another program
 */
export async function openWorkbook(file: InputFile, signature: string): Promise<Workbook> {
  if (signature === COMPOUND_FILE) {
    const { readXls } = await import("../xls/xls-reader.ts");
    return readXls(file);
  }
  if (signature !== ZIP_FILE) throw notWorkbook(file.name);
  const archive = await WorkbookArchive.open(file);
  try {
    return await readArchive(archive);
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function readArchive(archive: WorkbookArchive): Promise<Workbook> {
  if (archive.has("mimetype") && !archive.has("[Content_Types].xml")) {
    const { readOds } = await import("../ods/ods-reader.ts");
    return readOds(archive);
  }
  if (archive.has("xl/workbook.bin")) {
    throw new InputError(`${archive.name} is a binary workbook (.xlsb)`, "Save it as .xlsx.");
  }
  const { readXlsx } = await import("../xlsx/xlsx-reader.ts");
  return readXlsx(archive);
}

function notWorkbook(name: string): InputError {
  return new InputError(
    `${name} is not a workbook: it is empty, damaged, or a text with the name of a workbook`,
    "Open it in a spreadsheet program and save it as .xlsx. If it is text, give it the name .csv.",
  );
}
