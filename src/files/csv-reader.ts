import Papa from "papaparse";
import { InputError } from "../core/errors.ts";
import { openFile } from "./open-file.ts";

/** A row of a text file. `row` is what a spreadsheet shows: the header is row 1, blank lines count. */
export interface FileRow {
  row: number;
  cells: string[];
}

/**
 * Longest record that is read, in characters. A file whose lines never end, or in which a quote is never closed,
 * would otherwise be gathered in memory whole.
 */
const MAX_RECORD_LENGTH = 1024 * 1024;

const HINT = "Save it as CSV, UTF-8 (in a spreadsheet: Save as > CSV UTF-8) and import that.";

/**
 * Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark, any line ending) in batches of rows, so that
 * memory does not grow with the file. Blank lines are counted and left out.
 *
 * @throws InputError for a file that is missing, not text, not UTF-8, or whose quotes do not close
 */
export async function* readCsv(path: string): AsyncGenerator<FileRow[]> {
  const decode = utf8Decoder(path);
  let parse: RecordParser | null = null;
  for await (const chunk of openFile(path)) {
    const text = decode(chunk);
    parse ??= recordParser(path, text);
    yield parse(text, false);
  }
  if (parse !== null) yield parse(decode(null), true);
}

type RecordParser = (text: string, isLast: boolean) => FileRow[];

function recordParser(path: string, firstText: string): RecordParser {
  const newline = firstText.includes("\n") ? "\n" : "\r";
  const parser = new Papa.Parser({ delimiter: ",", newline });
  let rest = "";
  let row = 0;
  return (text, isLast) => {
    rest += text;
    const { data, errors, meta } = parser.parse(rest, 0, !isLast) as Papa.ParseResult<string[]>;
    const problem = errors.find((error) => error.type === "Quotes");
    if (problem !== undefined) {
      throw new InputError(
        `${path}, row ${row + (problem.row ?? data.length) + 1}: a quoted cell does not end where it should`,
        'Close it with a ", and write a quote inside a cell twice: "".',
      );
    }
    rest = isLast ? "" : rest.slice(meta.cursor);
    if (rest.length > MAX_RECORD_LENGTH) {
      throw new InputError(
        `${path}, row ${row + data.length + 1}: the row is longer than 1 MiB, or a quote in it is never closed`,
        "Check that row, and that the file is a CSV file.",
      );
    }
    const rows: FileRow[] = [];
    for (const cells of data) {
      row += 1;
      const last = cells.length - 1;
      if (newline === "\n" && cells[last]?.endsWith("\r")) cells[last] = cells[last].slice(0, -1);
      if (last > 0 || cells[0]?.trim() !== "") rows.push({ row, cells });
    }
    return rows;
  };
}

/** Decodes chunk by chunk; null says that there is no more. */
function utf8Decoder(path: string): (chunk: Buffer | null) => string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  return (chunk) => {
    if (isFirst && chunk !== null) {
      isFirst = false;
      if (hasUtf16Mark(chunk)) throw new InputError(`${path} is in UTF-16, not UTF-8`, HINT);
    }
    if (chunk?.includes(0)) throw new InputError(`${path} is not a text file`, HINT);
    try {
      return chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw new InputError(`${path} is not in UTF-8`, HINT, { cause: error });
    }
  };
}

function hasUtf16Mark(chunk: Buffer): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}
