import { InputError } from "../../core/errors.ts";
import { EmptyRows } from "../empty-rows.ts";
import { MAX_COLUMNS, MAX_RECORD_LENGTH, type TableRow, tooManyColumns } from "../table-row.ts";

/**
 * Parses lines of JSON objects in batches of rows. Cells are ordered as `keys`; a new key is appended to `keys`. An
 * object may omit keys. A line that is not an object becomes a row with a problem.
 *
 * @throws InputError for a line that is too long or has too many keys, and for too many blank lines
 */
export async function* parseNdjson(
  path: string,
  texts: AsyncIterable<string>,
  keys: string[],
): AsyncGenerator<TableRow[]> {
  const indexes = new Map<string, number>();
  const empty = new EmptyRows(path);
  let rest = "";
  let row = 0;
  const readLines = (lines: string[]): TableRow[] => {
    const rows: TableRow[] = [];
    for (const line of lines) {
      row += 1;
      if (line.trim() === "") empty.addRow();
      else rows.push(readObject(path, row, line, keys, indexes));
    }
    return rows;
  };
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() as string;
    const longest = Math.max(rest.length, lines[0]?.length ?? 0);
    if (longest > MAX_RECORD_LENGTH) {
      throw new InputError(
        `${path}, row ${row + 1}: the line is longer than 1 MiB`,
        "Give one JSON object on each line.",
      );
    }
    yield readLines(lines);
  }
  if (rest !== "") yield readLines([rest]);
}

function readObject(path: string, row: number, line: string, keys: string[], indexes: Map<string, number>): TableRow {
  let value: unknown;
  try {
    value = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return { row, cells: [line.slice(0, 1000)], problem: "the line is not valid JSON; give one object on each line" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { row, cells: [line.slice(0, 1000)], problem: "the line is not a JSON object" };
  }
  const cells: string[] = new Array(keys.length).fill("");
  let problem: string | undefined;
  for (const [key, cell] of Object.entries(value)) {
    let index = indexes.get(key);
    if (index === undefined) {
      index = keys.push(key) - 1;
      indexes.set(key, index);
      if (keys.length > MAX_COLUMNS) throw tooManyColumns(path, row, keys.length);
    }
    while (cells.length <= index) cells.push("");
    if (typeof cell === "object" && cell !== null)
      problem = `${key.slice(0, 60)} is a list or an object, not a single value`;
    cells[index] = cell === null ? "" : typeof cell === "string" ? cell : written(cell);
  }
  return problem === undefined ? { row, cells } : { row, cells, problem };
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply.
    return "";
  }
}
