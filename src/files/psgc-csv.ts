/** Rows of PSA's datafile saved as CSV, in the form in which a workbook's rows come. */
import { readFile, stat } from "node:fs/promises";
import Papa from "papaparse";
import { InputError } from "../core/errors.ts";
import type { SheetRow } from "./spreadsheet-cell.ts";

/** PSA's whole PSGC sheet is 4 MB as CSV; what is read whole needs an end. */
const MAX_BYTES = 64 * 1024 ** 2;

/**
 * Every cell is text. Row numbers are those that a spreadsheet shows: a line break inside a quoted cell starts no
 * row, a blank line does. Throws InputError where the file is not UTF-8 text or not CSV.
 */
export async function* readPsgcCsvRows(path: string): AsyncGenerator<SheetRow> {
  // Papa takes the first line break's kind for all of them, and a file that two programs wrote has both kinds.
  const text = decode(path, await readBounded(path)).replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: ",",
    newline: "\n",
    skipEmptyLines: false,
  });
  const [error] = errors;
  if (error) {
    throw new InputError(
      `${path}: row ${(error.row ?? 0) + 1}: ${error.message}`,
      'A cell that starts with a quotation mark must end with one; inside it is written "".',
    );
  }
  for (const [index, texts] of data.entries()) {
    if (texts.every((text) => text === "")) continue;
    yield { row: index + 1, cells: texts.map((text) => (text === "" ? null : text)), hidden: false };
  }
}

async function readBounded(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size <= MAX_BYTES) return readFile(path);
  throw new InputError(
    `${path}: has ${Math.round(size / 1024 ** 2)} MB, more than any PSGC datafile`,
    "Give PSA's PSGC publication datafile.",
  );
}

function decode(path: string, bytes: Buffer): string {
  if (bytes.length === 0) throw new InputError(`${path}: is empty`, "Give PSA's PSGC publication datafile.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below, as for a file that decodes and is no text.
  }
  throw new InputError(`${path}: is not UTF-8 text`, 'Save it as "CSV UTF-8", or give the .xlsx file itself.');
}
