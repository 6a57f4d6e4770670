import { closeSync, openSync, readSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import type { SheetName, TableSource } from "../core/records/table-source.ts";
import { cellText } from "../core/rows/sheet-cell.ts";
import { assertRegularFile, type InputFile, openBytes } from "./open-file.ts";
import { prepended } from "./prepended.ts";
import type { Delimiter, TableRow, TextFacts } from "./table-row.ts";
import { parseCsv } from "./text/csv-reader.ts";
import { parseNdjson } from "./text/ndjson-reader.ts";
import { decodeText, type Encoding } from "./text/text-decoder.ts";
import { isWorkbook, openWorkbook } from "./workbook/open-workbook.ts";
import { chooseSheet, type Sheet, type Workbook } from "./workbook/workbook.ts";

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
  /** What the file turned out to be; the parts that are found while reading are null before the first row. */
  source: () => TableSource;
  /** Bytes read so far, and size of the file in bytes; null where bytes do not show how much is left. */
  position: () => { read: number; size: number | null };
}

/**
 * Opens a .csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl file. Text formats may be compressed with gzip. The format is
 * detected from the first bytes and the file name.
 *
 * @throws InputError for a missing file, a folder or a device; other errors are thrown while reading
 */
export async function readTable(file: InputFile, options: TableOptions): Promise<Table> {
  const { name, path } = file;
  assertRegularFile(path);
  const signature = signatureOf(file);
  if (isWorkbook(file, signature)) return workbookTable(file, signature, options.sheet);
  if (options.sheet !== null) {
    throw new InputError(`${name} is not a workbook, so it has no sheet "${options.sheet}"`, "Omit --sheet.");
  }
  return textTable(file, options);
}

async function textTable(file: InputFile, { encoding, delimiter }: TableOptions): Promise<Table> {
  const { name } = file;
  const { chunks, position } = openBytes(file);
  const found: TextFacts = { encoding: null, delimiter: null };
  const source = (format: "text" | "ndjson") => (): TableSource => ({ format, ...found, sheet: null, sheets: [] });
  const texts = decodeText(name, chunks, encoding, found);
  const first = await texts.next();
  const start = first.done ? "" : first.value;
  const whole = prepended(start, texts);
  const isLines = delimiter === null && !/\.(csv|tsv)(\.gz)?$/i.test(name) && /^\s*\{/.test(start);
  if (isLines || /\.(ndjson|jsonl)(\.gz)?$/i.test(name)) {
    const keys: string[] = [];
    return {
      batches: parseNdjson(name, whole, keys),
      keys,
      mayBeShort: true,
      source: source("ndjson"),
      position,
    };
  }
  const separator = delimiter ?? (/\.tsv(\.gz)?$/i.test(name) ? "\t" : null);
  return {
    batches: parseCsv(name, whole, separator, found),
    keys: null,
    mayBeShort: false,
    source: source("text"),
    position,
  };
}

async function workbookTable(file: InputFile, signature: string, wanted: string | null): Promise<Table> {
  const { size } = assertRegularFile(file.path);
  const workbook = await openWorkbook(file, signature);
  const sheet = sheetOf(file.name, workbook, wanted);
  const { format, sheets } = workbook;
  return {
    batches: workbookRows(workbook, sheet),
    keys: null,
    mayBeShort: true,
    source: () => ({ format, encoding: null, delimiter: null, sheet: sheet.name, sheets: sheets.map(nameOf) }),
    // The parts of a workbook are read in any order, so a position in the file would not show progress.
    position: () => ({ read: size, size: null }),
  };
}

function sheetOf(file: string, workbook: Workbook, wanted: string | null): Sheet {
  try {
    return chooseSheet(file, workbook.sheets, wanted);
  } catch (error) {
    workbook.close();
    throw error;
  }
}

function nameOf({ name, hidden }: SheetName): SheetName {
  return { name, hidden };
}

async function* workbookRows(workbook: Workbook, sheet: Sheet): AsyncGenerator<TableRow[]> {
  const batchSize = 1000;
  let batch: TableRow[] = [];
  try {
    for await (const { row, cells, merged } of sheet.rows()) {
      const read = { row, cells: cells.map(cellText), stored: cells };
      batch.push(merged === undefined ? read : { ...read, merged });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  } finally {
    workbook.close();
  }
}

/**
 * The sheets of a workbook, ordered as in it.
 *
 * @throws InputError where the file is missing or no workbook
 */
export async function listSheets(file: InputFile): Promise<SheetName[]> {
  assertRegularFile(file.path);
  const signature = signatureOf(file);
  if (!isWorkbook(file, signature)) {
    throw new InputError(`${file.name} is not a workbook, so it has no sheets`, "Omit --all-sheets.");
  }
  const workbook = await openWorkbook(file, signature);
  workbook.close();
  return workbook.sheets.map(nameOf);
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
