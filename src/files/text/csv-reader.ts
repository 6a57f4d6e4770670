import Papa from "papaparse";
import { InputError } from "../../core/errors.ts";
import { EmptyRows, WIDE } from "../empty-rows.ts";
import {
  DELIMITERS,
  type Delimiter,
  MAX_COLUMNS,
  MAX_RECORD_LENGTH,
  type TableRow,
  type TextFacts,
  tooManyColumns,
} from "../table-row.ts";

/** Number of lines from which the delimiter is detected. */
const LINES_LOOKED_AT = 10;

/**
 * Parses delimited text (RFC 4180, any line ending) in batches of rows, so that memory does not grow with the file.
 * Blank rows are skipped, but counted in the row numbers.
 *
 * @param declared the delimiter; null to detect it from the first lines
 * @param found gets the delimiter
 * @throws InputError for an unclosed quote, for a row that is too long or has too many columns, and for too many blank rows
 */
export async function* parseCsv(
  path: string,
  texts: AsyncIterable<string>,
  declared: Delimiter | null,
  found: Pick<TextFacts, "delimiter"> = { delimiter: null },
): AsyncGenerator<TableRow[]> {
  let parse: RecordParser | null = null;
  let start = "";
  for await (const text of texts) {
    if (parse !== null) {
      yield parse(text, false);
      continue;
    }
    // Line ending and delimiter are detected from the first lines, which may arrive in several pieces.
    start += text;
    if (!hasFirstLines(start) && start.length <= MAX_RECORD_LENGTH) continue;
    found.delimiter = declared ?? findDelimiter(start);
    parse = recordParser(path, start, found.delimiter);
    yield parse(start, false);
  }
  if (parse !== null) yield parse("", true);
  else if (start !== "") {
    found.delimiter = declared ?? findDelimiter(start);
    yield recordParser(path, start, found.delimiter)(start, true);
  }
}

function hasFirstLines(text: string): boolean {
  return (text.match(/\r\n|\n|\r(?=[^\n])/g) ?? []).length >= LINES_LOOKED_AT;
}

type RecordParser = (text: string, isLast: boolean) => TableRow[];

function recordParser(path: string, firstText: string, delimiter: Delimiter): RecordParser {
  const newline = firstText.includes("\n") ? "\n" : "\r";
  const parser = new Papa.Parser({ delimiter, newline });
  const empty = new EmptyRows(path);
  let rest = "";
  let row = 0;
  return (text, isLast) => {
    rest += text;
    const { data, errors, meta } = parser.parse(rest, 0, !isLast) as Papa.ParseResult<string[]>;
    const problem = errors.find((error) => error.type === "Quotes");
    if (problem !== undefined) {
      throw new InputError(
        `${path}, row ${row + (problem.row ?? data.length) + 1}: a quoted cell is not closed properly`,
        'Close it with ", and write a quote inside the cell as "".',
      );
    }
    rest = isLast ? "" : rest.slice(meta.cursor);
    if (rest.length > MAX_RECORD_LENGTH) {
      throw new InputError(
        `${path}, row ${row + data.length + 1}: the row is longer than 1 MiB, or a quote in it is never closed`,
        "Check that row, and check that the file is a CSV file.",
      );
    }
    const rows: TableRow[] = [];
    for (const cells of data) {
      row += 1;
      if (cells.length > MAX_COLUMNS) throw tooManyColumns(path, row, cells.length);
      const last = cells.length - 1;
      if (newline === "\n" && cells[last]?.endsWith("\r")) cells[last] = cells[last].slice(0, -1);
      if (cells[0]?.trim() !== "" || cells.some((cell) => cell.trim() !== "")) rows.push({ row, cells });
      else {
        empty.addRow();
        if (cells.length > WIDE) empty.addCells(cells.length);
      }
    }
    return rows;
  };
}

/** Detects the delimiter: the most frequent one, preferably equally frequent in each line. A comma where none occurs. */
function findDelimiter(text: string): Delimiter {
  const lines = text
    .slice(0, MAX_RECORD_LENGTH)
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r?\n|\r/, LINES_LOOKED_AT + 1)
    .slice(0, LINES_LOOKED_AT)
    .filter((line) => line !== "");
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const most = Math.max(...counts, 0);
    const score = most + counts.filter((count) => count === most && count > 0).length / LINES_LOOKED_AT;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}
