/**
 * Reads .xls workbooks (Excel 97 to 2003) with SheetJS, with the cells that the reader of .xlsx gives for the same sheet.
 * docs/decisions/spreadsheet-formats.md says why these alone are read by a library, and as a whole.
 */
import { readFileSync } from "node:fs";
import { InputError } from "../../core/errors.ts";
import { assertRegularFile, type InputFile, unreadable } from "../open-file.ts";
import type { SheetRow } from "../workbook/spreadsheet-cell.ts";
import type { Workbook } from "../workbook/workbook.ts";
import { readWithSheetJs, SheetJsError, type SheetJsSheet, type SheetJsWorkbook } from "./sheetjs.ts";
import { rowsOfXls } from "./xls-rows.ts";

/** Bounds memory: cells take about 60 times as much there as in the file. A region of 2,500 barangays has 1 MB. */
const MAX_BYTES = 8 * 1024 ** 2;

/** In the directory of a compound file, names are UTF-16. */
const ENCRYPTED_XLSX = Buffer.from("EncryptedPackage", "utf16le");

/**
 * The workbooks that are in memory. Each sheet of a file is read several times, by its name, and a file is parsed as a
 * whole: once for all of them, as long as somebody has the object that names it.
 */
const IN_MEMORY = new WeakMap<InputFile, Promise<Workbook>>();

/**
 * @throws InputError where the file is too large, is damaged, has a password, or is a compound file of another program
 */
export function readXls(file: InputFile): Promise<Workbook> {
  const read = IN_MEMORY.get(file) ?? parseXls(file);
  IN_MEMORY.set(file, read);
  return read;
}

async function parseXls(file: InputFile): Promise<Workbook> {
  const { name } = file;
  const bytes = bytesOf(file);
  if (bytes.includes(ENCRYPTED_XLSX)) throw protectedByPassword(name);
  if (!isCompoundFile(bytes)) throw damaged(name, "its header is not that of a compound file");
  const { sheets, epoch1904 } = await parsed(name, bytes);
  return {
    format: "xls",
    sheets: sheets
      .filter(({ isChart }) => !isChart)
      .map((sheet) => ({
        name: sheet.name,
        hidden: sheet.hidden,
        rows: () => rowsOf(sheet, epoch1904, `${name}, sheet ${sheet.name}`),
      })),
    close: () => {},
  };
}

async function* rowsOf(sheet: SheetJsSheet, epoch1904: boolean, where: string): AsyncGenerator<SheetRow> {
  yield* rowsOfXls(sheet, epoch1904, where);
}

function bytesOf({ name, path }: InputFile): Buffer {
  const { size } = assertRegularFile(path);
  if (size > MAX_BYTES) {
    throw new InputError(
      `${name} is too large to read safely: an .xls workbook may have at most ${MAX_BYTES / 1024 ** 2} MB`,
      "Save it as .xlsx, which is read row by row, or as CSV.",
    );
  }
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

async function parsed(name: string, bytes: Buffer): Promise<SheetJsWorkbook> {
  try {
    return await readWithSheetJs(bytes);
  } catch (cause) {
    if (!(cause instanceof SheetJsError)) throw cause;
    if (/password-protected|^Encryption scheme/.test(cause.message)) throw protectedByPassword(name);
    throw damaged(name, cause.message, { cause });
  }
}

/**
 * Whether the header has the whole signature, and the version 3 or 4. SheetJS unpacks other files as zip archives, without
 * a limit (CVE-2026-38359).
 */
function isCompoundFile(bytes: Buffer): boolean {
  return (
    bytes.length >= 512 && bytes.readBigUInt64BE(0) === 0xd0cf11e0a1b11ae1n && [3, 4].includes(bytes.readUInt16LE(26))
  );
}

function damaged(name: string, why: string, options?: ErrorOptions): InputError {
  return new InputError(
    `${name} is damaged, or is not an .xls workbook (${why})`,
    "Open the file in a spreadsheet program and save it as .xlsx.",
    options,
  );
}

function protectedByPassword(name: string): InputError {
  return new InputError(`${name} is protected by a password`, "Save it without a password.");
}
