/** Reads the parts of a zip file, as .xlsx and .ods workbooks are, as streams, with limits that protect against hostile files. */
import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { assertRegularFile, type InputFile } from "../open-file.ts";

/** Bounds time: sheets are streamed. One of 42,011 rows and 33 columns has about 70 MB of XML. */
export const MAX_SHEET_BYTES = 1024 ** 3;
/** Bounds memory: strings, styles and the list of sheets are kept. PSA's datafile has 3 MB of strings. */
export const MAX_KEPT_BYTES = 128 * 1024 ** 2;
/** Compression ratio of large parts: real sheets have 5 to 30, a zip bomb about 1,000. */
const MAX_RATIO = 250;
const RATIO_COUNTS_FROM_BYTES = 50 * 1024 ** 2;
const MAX_PARTS = 10_000;

export class WorkbookArchive {
  /** What messages call it. */
  readonly name: string;
  readonly #zip: ZipFile;
  readonly #entries: Map<string, Entry>;

  private constructor(name: string, zip: ZipFile, entries: Map<string, Entry>) {
    this.name = name;
    this.#zip = zip;
    this.#entries = entries;
  }

  /**
   * Runs `use` on the open archive and closes it afterwards.
   *
   * @throws InputError where the file is not a workbook
   */
  static async with<Result>(file: InputFile, use: (archive: WorkbookArchive) => Promise<Result>): Promise<Result> {
    const archive = await WorkbookArchive.open(file);
    try {
      return await use(archive);
    } finally {
      archive.close();
    }
  }

  static async open({ name, path }: InputFile): Promise<WorkbookArchive> {
    assertRegularFile(path);
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
    } catch (cause) {
      throw notWorkbook(name, cause);
    }
    try {
      return new WorkbookArchive(name, zip, await readEntries(zip, name));
    } catch (cause) {
      zip.close();
      throw cause instanceof InputError ? cause : notWorkbook(name, cause);
    }
  }

  close(): void {
    this.#zip.close();
  }

  has(part: string): boolean {
    return this.#entries.has(part);
  }

  /**
   * Streams the XML of a part.
   *
   * @throws InputError where the part is missing, damaged or larger than `maxBytes`
   */
  async *read(part: string, maxBytes: number): AsyncGenerator<string> {
    const entry = this.#entries.get(part);
    if (!entry) throw notWorkbook(this.name, new Error(`the part ${part} is missing`));
    assertBounded(entry, maxBytes, this.name);
    try {
      const stream: Readable = await this.#zip.openReadStreamPromise(entry);
      stream.setEncoding("utf8");
      for await (const chunk of stream) yield chunk as string;
    } catch (cause) {
      throw new InputError(
        `${this.name}, ${part} is damaged (${(cause as Error).message})`,
        "Open the file in a spreadsheet program and save it again as .xlsx.",
        { cause },
      );
    }
  }
}

async function readEntries(zip: ZipFile, name: string): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_PARTS) throw tooLarge(name, `it has ${grouped(zip.entryCount)} parts`);
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

function assertBounded(entry: Entry, maxBytes: number, name: string): void {
  const { compressedSize, uncompressedSize, fileName } = entry;
  const ratio = uncompressedSize / Math.max(compressedSize, 1);
  const isBomb = uncompressedSize > RATIO_COUNTS_FROM_BYTES && ratio > MAX_RATIO;
  if (uncompressedSize > maxBytes || isBomb) {
    const megabytes = grouped(Math.round(uncompressedSize / 1024 ** 2));
    throw tooLarge(name, `${fileName} expands to ${megabytes} MB, ${Math.round(ratio)} times its compressed size`);
  }
}

function tooLarge(name: string, what: string): InputError {
  return new InputError(
    `${name} is too large to read safely: ${what}`,
    "Save only the sheet that you need, or save it as CSV.",
  );
}

function notWorkbook(name: string, cause: unknown): InputError {
  return new InputError(
    `${name} is not a workbook (${(cause as Error).message})`,
    "Open it in a spreadsheet program and save it as .xlsx without a password, or as .csv.",
    { cause },
  );
}
