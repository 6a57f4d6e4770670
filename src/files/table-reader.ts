import { closeSync, openSync, readSync } from "node:fs";
import { InputError } from "../core/errors.ts";
import { assertRegularFile, openBytes, STANDARD_INPUT } from "./open-file.ts";
import { prepended } from "./prepended.ts";
import type { Delimiter, TableRow } from "./table-row.ts";
import { parseCsv } from "./text/csv-reader.ts";
import { parseNdjson } from "./text/ndjson-reader.ts";
import { decodeText, type Encoding } from "./text/text-decoder.ts";
import { cellText } from "./xlsx/spreadsheet-cell.ts";

/** How to read a table; null leaves it to the file. */
export interface TableOptions {
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  /** Name of a workbook's sheet. */
  sheet: string | null;
}

export const READ_AS_IT_IS: TableOptions = { encoding: null, delimiter: null, sheet: null };

/** A table file while it is read, whatever its format. */
export interface Table {
  batches: AsyncGenerator<TableRow[]>;
  /**
   * The names of the columns where rows carry them (NDJSON); it grows as rows bring new ones. Null where the header is
   * one of the rows.
   */
  keys: readonly string[] | null;
  /** Whether a row may end before the last column: a workbook does not store empty cells. */
  mayBeShort: boolean;
  /** Bytes of the file that were read, and in all; null where nobody knows. */
  position: () => { read: number; size: number | null };
}

/**
 * Opens a .csv, .tsv, .xlsx, .ndjson or .jsonl file, the text ones also as gzip, or text from standard input ("-").
 * What it is, is told from its first bytes; a file that is missing, is a folder or a device fails here, anything
 * else while it is read.
 *
 * @throws InputError
 */
export async function readTable(path: string, options: TableOptions): Promise<Table> {
  const signature = path === STANDARD_INPUT ? "" : signatureOf(path);
  if (signature === "504b0304" || /\.xlsx$/i.test(path)) return workbookTable(path, options.sheet);
  if (signature === "d0cf11e0" || /\.xls$/i.test(path)) {
    throw new InputError(
      `${path} is an old .xls workbook, or one with a password`,
      "Save it as .xlsx without a password.",
    );
  }
  if (options.sheet !== null) {
    throw new InputError(`${path} is no workbook, so it has no sheet "${options.sheet}"`, "Leave --sheet out.");
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
    // Parts of a workbook are packed by themselves: how far in the file they are says nothing.
    position: () => ({ read: size, size: null }),
  };
}

async function* workbookRows(path: string, sheet: string | null): AsyncGenerator<TableRow[]> {
  const batchSize = 1000;
  let batch: TableRow[] = [];
  // Loaded here: most files are text, and have no use for it.
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

/** The first four bytes in hexadecimal digits. */
function signatureOf(path: string): string {
  // Opening a pipe to look would take its first bytes away.
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
    // openBytes says what is wrong.
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
