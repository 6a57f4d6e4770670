/**
 * Reads the PSGC publication datafile of the Philippine Statistics Authority, as .xlsx or .csv with the same columns.
 * It is published quarterly at psa.gov.ph/classification/psgc. Columns change between editions, so they are found by
 * their headings.
 */
import { basename } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { GeographySource, GeographySourceRow, SourceCell } from "../../core/geography/geography-source.ts";
import { grouped } from "../../core/grouped.ts";
import { type Cell, cellText } from "../../core/rows/sheet-cell.ts";
import { assertRegularFile, type InputFile } from "../open-file.ts";
import { READ_AS_IT_IS, readTable } from "../table-reader.ts";
import type { SheetRow } from "../workbook/spreadsheet-cell.ts";
import { readXlsxRows, readXlsxSheetNames } from "../xlsx/xlsx-reader.ts";

/** The headings must be in one of these rows. In PSA's file they are in row 1. */
const HEADING_ROWS = 10;
/** Sheets searched where none has the usual name. PSA's file has six. Each takes as long as the texts of the workbook. */
const SHEETS_TRIED = 10;
/** More than ten times the number of units in the Philippines. */
const MAX_ROWS = 500_000;

/** Whether a file is PSA's publication datafile, judged by its sheets or its headings. */
export async function isPsgcDatafile(file: InputFile): Promise<boolean> {
  if (/\.xlsx$/i.test(file.name)) return (await readXlsxSheetNames(file)).includes("PSGC");
  if (!/\.csv$/i.test(file.name)) return false;
  let rowsSeen = 0;
  for await (const { cells } of csvRows(file)) {
    if ("indexes" in findColumns(cells)) return true;
    rowsSeen += 1;
    if (rowsSeen >= HEADING_ROWS) break;
  }
  return false;
}

/**
 * Reads the whole file into memory: its 43,769 rows take about 10 MB.
 *
 * @throws InputError where the file is not such a datafile
 */
export async function readPsgcDatafile(file: InputFile): Promise<GeographySource> {
  const { name } = file;
  assertRegularFile(file.path);
  const fallbackEdition = basename(name).replace(/\.[^.]*$/, "");
  if (/\.csv$/i.test(name)) {
    const table = await findTable(name, csvRows(file));
    if ("missing" in table) throw missingColumns(name, table.missing);
    return { edition: fallbackEdition, ...table };
  }
  if (!/\.xlsx$/i.test(name)) {
    throw new InputError(
      `${name} is neither .xlsx nor .csv`,
      "Give PSA's publication datafile as downloaded, or its PSGC sheet saved as CSV.",
    );
  }
  const names = await readXlsxSheetNames(file);
  if (names.includes("PSGC")) {
    const table = await findTable(name, readXlsxRows(file, { sheet: "PSGC" }));
    if ("missing" in table) throw missingColumns(`${name}, sheet PSGC`, table.missing);
    return { edition: (await readEdition(file, names)) ?? fallbackEdition, ...table };
  }
  const tried = names.slice(0, SHEETS_TRIED);
  for (const sheet of tried) {
    const table = await findTable(name, readXlsxRows(file, { sheet }));
    if ("rows" in table) return { edition: (await readEdition(file, names)) ?? fallbackEdition, ...table };
  }
  throw new InputError(
    `${name} has no sheet "PSGC", and none of its ${names.length > tried.length ? "first " : ""}sheets (${tried.join(", ")}) has the columns of that sheet`,
    "Give PSA's PSGC publication datafile as downloaded.",
  );
}

/** The rows of a CSV file in the form of a sheet in which every cell is text. */
async function* csvRows(file: InputFile): AsyncGenerator<SheetRow> {
  const { batches } = await readTable(file, READ_AS_IT_IS);
  for await (const rows of batches) {
    for (const { row, cells } of rows) {
      yield { row, cells: cells.map((text) => (text === "" ? null : text)), hidden: false };
    }
  }
}

type Table = Pick<GeographySource, "columns"> & { rows: GeographySourceRow[] };
type Missing = { missing: string[] };

type ColumnName = "code" | "name" | "level" | "population";

interface Header {
  /** -1 for `oldName` where the file has no such column. */
  indexes: Record<ColumnName | "oldName", number>;
  columns: Record<ColumnName, string>;
}

/** The table below the first row with all headings; otherwise the headings missing from the most complete row. */
async function findTable(name: string, sheetRows: AsyncIterable<SheetRow>): Promise<Table | Missing> {
  const rows: GeographySourceRow[] = [];
  let header: Header | undefined;
  let missing = ["10-digit PSGC", "Name", "Geographic Level", "2020 Population"];
  let rowsSeen = 0;
  for await (const { row, cells } of sheetRows) {
    rowsSeen += 1;
    if (header === undefined) {
      const found = findColumns(cells);
      if ("indexes" in found) header = found;
      else if (found.missing.length < missing.length) missing = found.missing;
      if (header === undefined && rowsSeen >= HEADING_ROWS) break;
      continue;
    }
    const { code, name, level, population, oldName } = header.indexes;
    rows.push({
      row,
      code: sourceCell(cells[code]),
      name: sourceCell(cells[name]),
      level: sourceCell(cells[level]),
      population: sourceCell(cells[population]),
      oldName: sourceCell(cells[oldName]),
    });
    if (rows.length > MAX_ROWS) {
      throw new InputError(
        `${name} has more than ${grouped(MAX_ROWS)} rows`,
        "The Philippines has 44,000 units. Give PSA's PSGC publication datafile.",
      );
    }
  }
  if (rowsSeen === 0) throw new InputError(`${name} is empty`, "Give PSA's PSGC publication datafile.");
  if (header === undefined) return { missing };
  if (rows.length === 0) {
    throw new InputError(`${name} has headings but no rows`, "Download PSA's publication datafile again.");
  }
  return { columns: header.columns, rows };
}

/** Headings contain line breaks and extra blanks. Of several population columns, the latest census counts. */
function findColumns(cells: Cell[]): Header | Missing {
  const headings = cells.map((cell) => cellText(cell).replace(/\s+/g, " ").trim());
  const find = (pattern: RegExp) => headings.findIndex((heading) => pattern.test(heading));
  const indexes = {
    code: find(/^(10[- ]?digit )?psgc( code)?$/i),
    name: find(/^name$/i),
    level: find(/^geographic level$/i),
    population: latestPopulation(headings),
    oldName: find(/^old names?$/i),
  };
  const missing = [
    ...(indexes.code < 0 ? ["10-digit PSGC"] : []),
    ...(indexes.name < 0 ? ["Name"] : []),
    ...(indexes.level < 0 ? ["Geographic Level"] : []),
    ...(indexes.population < 0 ? ["2020 Population"] : []),
  ];
  if (missing.length > 0) return { missing };
  const heading = (index: number) => headings[index] ?? "";
  return {
    indexes,
    columns: {
      code: heading(indexes.code),
      name: heading(indexes.name),
      level: heading(indexes.level),
      population: heading(indexes.population),
    },
  };
}

/** Index of the latest column such as "2020 Population (CPH)"; -1 where there is none. */
function latestPopulation(headings: string[]): number {
  let latest = { year: 0, index: -1 };
  for (const [index, heading] of headings.entries()) {
    const year = Number(/^(\d{4}) population\b/i.exec(heading)?.[1] ?? 0);
    if (year > latest.year) latest = { year, index };
  }
  return latest.index;
}

function sourceCell(cell: Cell | undefined): SourceCell {
  return typeof cell === "number" || cell === null || cell === undefined ? (cell ?? null) : cellText(cell);
}

/** The edition, from the cell that follows "Publication date:" in the Metadata sheet. */
async function readEdition(file: InputFile, sheetNames: string[]): Promise<string | null> {
  const sheet = sheetNames.find((name) => /^metadata$/i.test(name.trim()));
  if (sheet === undefined) return null;
  for await (const { cells } of readXlsxRows(file, { sheet })) {
    const texts = cells.map((cell) => cellText(cell).trim()).filter((text) => text !== "");
    const at = texts.findIndex((text) => /^publication date:?$/i.test(text));
    const date = at < 0 ? undefined : texts[at + 1];
    if (date) return `PSGC of ${date}`;
  }
  return null;
}

function missingColumns(where: string, missing: string[]): InputError {
  return new InputError(
    `${where} has no column ${missing.map((name) => `"${name}"`).join(", ")}`,
    "Give PSA's PSGC publication datafile. Its columns may be in any order, but must keep their headings.",
  );
}
