import { closeSync, openSync, readSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import { assertRegularFile, openBytes, STANDARD_INPUT } from "./open-file.ts";
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
  /** Bytes read so far, and size of the file in bytes; null where the size is unknown. */
  position: () => { read: number; size: number | null };
}

/**
 * Opens a .csv, .tsv, .xlsx, .ndjson or .jsonl file, or text from standard input ("-"). Text formats may be compressed
 * with gzip. The format is detected from the first bytes and the file name.
 *
 * @throws InputError for a missing file, a folder or a device; other errors are thrown while reading
 */
export async function readTable(path: string, options: TableOptions): Promise<Table> {
  const signature = path === STANDARD_INPUT ? "" : signatureOf(path);
  if (signature === "504b0304" || /\.xlsx$/i.test(path)) return workbookTable(path, options.sheet);
  if (signature === "d0cf11e0" || /\.xls$/i.test(path)) {
    throw new InputError(
      `${path} is an old .xls workbook, or is protected by a password`,
      "Save it as .xlsx without a password.",
    );
  }
  if (options.sheet !== null) {
    throw new InputError(`${path} is not a workbook, so it has no sheet "${options.sheet}"`, "Omit --sheet.");
  }
  return textTable(path, options);
}

async function textTable(path: string, { encoding, delimiter }: TableOptions): Promise<Table> {
  const { chunks, position } = openBytes(path);
  const texts = decodeText(path, chunks, encoding);
  const first = await texts.next();
  const start = first.done ? "" : first.value;
  const whole = prepended(start, texts);
  const isLines = delimiter === null && !/\.(csv|tsv)(\.gz)?$/i.test(path) && /^\s*\{/.test(start);
  if (isLines || /\.(ndjson|jsonl)(\.gz)?$/i.test(path)) {
    const keys: string[] = [];
    return { batches: parseNdjson(path, whole, keys), keys, mayBeShort: true, position };
  }
  const separator = delimiter ?? (/\.tsv(\.gz)?$/i.test(path) ? "\t" : null);
  return { batches: parseCsv(path, whole, separator), keys: null, mayBeShort: false, position };
}

function workbookTable(path: string, sheet: string | null): Table {
  const { size } = assertRegularFile(path);
  return {
    batches: workbookRows(path, sheet),
    keys: null,
    mayBeShort: true,
    // The parts of a workbook are read in any order, so a position in the file would not show progress.
    position: () => ({ read: size, size: null }),
  };
}

async function* workbookRows(path: string, sheet: string | null): AsyncGenerator<TableRow[]> {
  const batchSize = 1000;
  let batch: TableRow[] = [];
  // Loaded on demand: most files are text.
  const { readXlsxRows } = await import("./xlsx/xlsx-reader.ts");
  for await (const { row, cells, merged } of readXlsxRows(path, sheet === null ? {} : { sheet })) {
    const texts = cells.map(cellText);
    batch.push(merged === undefined ? { row, cells: texts } : { row, cells: texts, merged });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** The first four bytes in hexadecimal; "" where the file cannot be read twice. */
function signatureOf(path: string): string {
  // Reading the first bytes of a pipe would consume them.
  const stats = statIfRegular(path);
  if (!stats) return "";
  const start = Buffer.alloc(4);
  const descriptor = openForReading(path);
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.toString("hex");
}

function statIfRegular(path: string): boolean {
  try {
    return assertRegularFile(path).isFile();
  } catch {
    // openBytes reports the error.
    return false;
  }
}

function openForReading(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new InputError(
      `${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      "Check its permissions.",
      { cause },
    );
  }
}
