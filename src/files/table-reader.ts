import { closeSync, openSync, readSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import { assertRegularFile, type InputFile, openBytes } from "./open-file.ts";
import { prepended } from "./prepended.ts";
import type { Delimiter, TableRow } from "./table-row.ts";
import { parseCsv } from "./text/csv-reader.ts";
import { parseNdjson } from "./text/ndjson-reader.ts";
import { decodeText, type Encoding } from "./text/text-decoder.ts";
import { cellText } from "./xlsx/spreadsheet-cell.ts";

/** How to read a table; null detects the option from the file. */
export interface TableOptions {
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  /** Name of a workbook's sheet. */
  sheet: string | null;
}

export const READ_AS_IT_IS: TableOptions = { encoding: null, delimiter: null, sheet: null };

/** An open table file of any format. */
export interface Table {
  batches: AsyncGenerator<TableRow[]>;
  /**
   * Names of the columns of NDJSON; a row with a new key appends to them. Null where the header is one of the rows.
   */
  keys: readonly string[] | null;
  /** Whether a row may end before the last column, as in workbooks, which do not store empty cells. */
  mayBeShort: boolean;
  /** Bytes read so far, and size of the file in bytes; null where bytes do not show how much is left. */
  position: () => { read: number; size: number | null };
}

/**
 * Opens a .csv, .tsv, .xlsx, .ndjson or .jsonl file. Text formats may be compressed with gzip. The format is detected
 * from the first bytes and the file name.
 *
 * @throws InputError for a missing file, a folder or a device; other errors are thrown while reading
 */
export async function readTable(file: InputFile, options: TableOptions): Promise<Table> {
  const { name, path } = file;
  assertRegularFile(path);
  const signature = signatureOf(file);
  if (signature === "504b0304" || /\.xlsx$/i.test(name)) return workbookTable(file, options.sheet);
  if (signature === "d0cf11e0" || /\.xls$/i.test(name)) {
    throw new InputError(
      `${name} is an old .xls workbook, or is protected by a password`,
      "Save it as .xlsx without a password.",
    );
  }
  if (options.sheet !== null) {
    throw new InputError(`${name} is not a workbook, so it has no sheet "${options.sheet}"`, "Omit --sheet.");
  }
  return textTable(file, options);
}

async function textTable(file: InputFile, { encoding, delimiter }: TableOptions): Promise<Table> {
  const { name } = file;
  const { chunks, position } = openBytes(file);
  const texts = decodeText(name, chunks, encoding);
  const first = await texts.next();
  const start = first.done ? "" : first.value;
  const whole = prepended(start, texts);
  const isLines = delimiter === null && !/\.(csv|tsv)(\.gz)?$/i.test(name) && /^\s*\{/.test(start);
  if (isLines || /\.(ndjson|jsonl)(\.gz)?$/i.test(name)) {
    const keys: string[] = [];
    return { batches: parseNdjson(name, whole, keys), keys, mayBeShort: true, position };
  }
  const separator = delimiter ?? (/\.tsv(\.gz)?$/i.test(name) ? "\t" : null);
  return { batches: parseCsv(name, whole, separator), keys: null, mayBeShort: false, position };
}

function workbookTable(file: InputFile, sheet: string | null): Table {
  const { size } = assertRegularFile(file.path);
  return {
    batches: workbookRows(file, sheet),
    keys: null,
    mayBeShort: true,
    // The parts of a workbook are read in any order, so a position in the file would not show progress.
    position: () => ({ read: size, size: null }),
  };
}

async function* workbookRows(file: InputFile, sheet: string | null): AsyncGenerator<TableRow[]> {
  const batchSize = 1000;
  let batch: TableRow[] = [];
  // Loaded on demand: most files are text.
  const { readXlsxRows } = await import("./xlsx/xlsx-reader.ts");
  for await (const { row, cells, merged } of readXlsxRows(file, sheet === null ? {} : { sheet })) {
    const texts = cells.map(cellText);
    batch.push(merged === undefined ? { row, cells: texts } : { row, cells: texts, merged });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/**
 * The sheets of a workbook, ordered as in it.
 *
 * @throws InputError where the file is missing or no workbook
 */
export async function listSheets(file: InputFile): Promise<Array<{ name: string; hidden: boolean }>> {
  const { readXlsxSheets } = await import("./xlsx/xlsx-reader.ts");
  return readXlsxSheets(file);
}

/** The first four bytes in hexadecimal. */
function signatureOf(file: InputFile): string {
  const start = Buffer.alloc(4);
  const descriptor = openForReading(file);
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString("hex");
}

function openForReading({ name, path }: InputFile): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new InputError(
      `${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      "Check its permissions.",
      { cause },
    );
  }
}
