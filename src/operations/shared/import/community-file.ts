import { rearmed } from "../../../core/disarmed-cell.ts";
import { InputError, UsageError } from "../../../core/errors.ts";
import { findHeader, hasHeader, ROWS_FOR_HEADER } from "../../../core/headings/find-header.ts";
import type { ColumnMapping } from "../../../core/headings/import-columns.ts";
import {
  type HeaderOptions,
  type ImportHeader,
  readImportHeader,
  readKeys,
  refuseMissingKeys,
} from "../../../core/headings/import-header.ts";
import { fillMergedTexts } from "../../../core/headings/merged-cells.ts";
import { NO_CONTEXT, type TableContext } from "../../../core/headings/row-context.ts";
import { UNIT_COLUMNS, type UnitNames, unitHeading, unitsInTitles } from "../../../core/headings/unit-headings.ts";
import type { ReadSheets } from "../../../core/import/import-report.ts";
import type { TableSource } from "../../../core/import/table-source.ts";
import { COMMUNITY_COLUMNS } from "../../../core/records/community.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { MAX_SHEETS, ROWS_OF_A_SHEET } from "../../../core/rows/sheet-rows.ts";
import type { InputFile } from "../../../files/open-file.ts";
import { prepended } from "../../../files/prepended.ts";
import { listSheets, READ_AS_IT_IS, readTable, type TableOptions } from "../../../files/table-reader.ts";

/** A file of communities, and how to read it. */
export interface CommunityFileOptions {
  /** .csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl; "-" for standard input. */
  file: string;
  /** Encoding, delimiter and sheet; detected by default. */
  table?: TableOptions | undefined;
  /** The fields of columns with other names; none by default. */
  mapping?: ColumnMapping | undefined;
  /** Whether to ignore unknown columns; false by default. */
  ignoreUnknown?: boolean | undefined;
  /** The names of the region, province or municipality of all rows, where the file has no column for it. */
  place?: UnitNames | undefined;
  /** Whether to read all sheets of a workbook that are not hidden; false by default. */
  allSheets?: boolean | undefined;
  /** Whether to pass over totals, notes and blank rows; true by default. Otherwise they are bad rows. */
  skipTotals?: boolean | undefined;
  /** Texts that stand for an empty cell in a column of numbers, in any case; by default "n/a", "none" and "wala". */
  notAvailable?: readonly string[] | undefined;
}

/** Options whose file can be opened. */
export type Opened<Options extends { file: string }> = Omit<Options, "file"> & { file: InputFile };

/** A communities file whose header has been read. */
export interface CommunityFile {
  /** The positions of the columns; a later batch of NDJSON rows may add columns. */
  header: () => ImportHeader;
  /** The columns that the file may fill, ordered as the header's columns. */
  columns: readonly string[];
  batches: AsyncGenerator<SourceRow[]>;
  /** The header above a row that has been read. */
  headerOf: (row: number) => ImportHeader;
  /** The sheets that are read, where several may be. Their rows are numbered through (see sheet-rows.ts). */
  sheets: ReadSheets | null;
  mayBeShort: boolean;
  isWorkbook: boolean;
  /** Whether later rows may add columns, as in NDJSON. */
  mayAddColumns: boolean;
  source: () => TableSource;
  position: () => { read: number; size: number | null };
}

/** @throws InputError if the file cannot be read or its header is invalid */
export async function openCommunityFile(options: Opened<CommunityFileOptions>): Promise<CommunityFile> {
  return options.allSheets === true ? openSheets(options) : openTable(options, null);
}

/** @param sheet the name of the sheet, where several are read */
async function openTable(
  { file, table = READ_AS_IT_IS, mapping = new Map(), ignoreUnknown = false, place = {} }: Opened<CommunityFileOptions>,
  sheet: string | null,
): Promise<CommunityFile> {
  const options: HeaderOptions = { file: file.name, mapping, ignoreUnknown, isPlaced: isMunicipalityKnown(place) };
  const { batches, keys, mayBeShort, source, position } = await readTable(file, table);
  const first = await firstRows(batches, file.name);
  if (keys !== null) {
    const context: TableContext = { ...NO_CONTEXT, given: place };
    let header = namedHeader(keys, options, context);
    const current = () => {
      if (header.width !== keys.length) header = namedHeader(keys, options, context);
      return header;
    };
    return {
      header: current,
      headerOf: current,
      sheets: null,
      columns: COMMUNITY_COLUMNS,
      batches: thenChecked(prepended(first, batches), () => refuseMissingKeys(readKeys(keys, options), options)),
      mayBeShort,
      isWorkbook: false,
      mayAddColumns: true,
      source,
      position,
    };
  }
  const found = findHeader(first, mapping);
  const { cells = [], row = 1, rowsAbove = 0, lines = [] } = found ?? {};
  const titles = unitsInTitles(first.slice(0, rowsAbove - lines.length).map((above) => above.cells));
  const isPlaced =
    sheet !== null || isMunicipalityKnown(place) || isMunicipalityKnown(titles) || haveHeadings(first.slice(rowsAbove));
  const header = {
    ...readImportHeader(cells.map(rearmed), row, { ...options, isPlaced }),
    ...{ lines, context: { given: place, titles, sheet } },
  };
  refuseGiven(place, header);
  return {
    header: () => header,
    headerOf: () => header,
    sheets: null,
    columns: header.columns.map(({ name }) => name),
    batches: filled(prepended(first.slice(rowsAbove), batches), header),
    mayBeShort,
    // Workbooks do not store empty cells; of the files with a header, only their rows may be short.
    isWorkbook: mayBeShort,
    mayAddColumns: false,
    source,
    position,
  };
}

/** Opens all sheets of a workbook that have a heading for the barangay, one after the other. */
async function openSheets(options: Opened<CommunityFileOptions>): Promise<CommunityFile> {
  const { file, table = READ_AS_IT_IS, mapping = new Map() } = options;
  const sheets: ReadSheets = { read: [], passedOver: [] };
  const headers: ImportHeader[] = [];
  let source: TableSource | null = null;
  const onSheet = (name: string) => ({ ...options, table: { ...table, sheet: name } });
  for (const { name, hidden } of await listSheets(file)) {
    const { rows } = hidden ? { rows: [] } : await readFirstRows(onSheet(name));
    if (hidden || !hasHeader(rows, mapping)) {
      sheets.passedOver.push({ name, why: hidden ? "hidden" : "no heading for the barangay" });
      continue;
    }
    const opened = await openTable(onSheet(name), name);
    await opened.batches.return(undefined);
    sheets.read.push(name);
    headers.push(opened.header());
    source = opened.source();
  }
  if (source === null || headers.length > MAX_SHEETS) throw unreadableSheets(file.name, headers.length);
  const present = new Set(headers.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const columns = COMMUNITY_COLUMNS.filter((name) => present.has(name));
  // What is reported about headings is about those of all sheets.
  const readAs = [...new Map(headers.flatMap((header) => header.readAs).map((read) => [read.heading, read])).values()];
  const ignored = [...new Set(headers.flatMap((header) => header.ignored))];
  const aligned = headers.map((header) => ({ ...withColumns(header, columns), readAs, ignored }));
  let current = aligned[0] as ImportHeader;
  const headerOf = (row: number) => aligned[Math.floor(row / ROWS_OF_A_SHEET)] ?? current;
  const several: TableSource = { ...source, sheet: null };
  async function* batches(): AsyncGenerator<SourceRow[]> {
    for (const [index, name] of sheets.read.entries()) {
      const { batches: own } = await openTable(onSheet(name), name);
      current = aligned[index] as ImportHeader;
      for await (const batch of own) yield batch.map((row) => ({ ...row, row: row.row + index * ROWS_OF_A_SHEET }));
    }
  }
  return {
    header: () => current,
    ...{ headerOf, sheets, columns, batches: batches(), mayBeShort: true, mayAddColumns: false },
    isWorkbook: true,
    source: () => several,
    position: () => ({ read: 0, size: null }),
  };
}

function unreadableSheets(file: string, count: number): InputError {
  return count === 0
    ? new InputError(`${file} has no sheet with a heading for the barangay`, "Check that it is the right file.")
    : new InputError(`${file} has more than ${MAX_SHEETS} sheets`, "Divide the workbook.");
}

/** The header with all of these columns, also those that its table does not have. */
function withColumns(header: ImportHeader, columns: readonly string[]): ImportHeader {
  const indexes = new Map(header.columns.map(({ name, index }) => [name, index]));
  return { ...header, columns: columns.map((name) => ({ name, index: indexes.get(name) ?? -1 })) };
}

function isMunicipalityKnown({ municipality, province }: UnitNames): boolean {
  return (municipality ?? province) !== undefined;
}

/** Whether the first rows of data have one that may name the place of those below. */
function haveHeadings(rows: readonly SourceRow[]): boolean {
  return rows.some(({ cells }) => {
    const texts = cells.filter((cell) => /\p{L}/u.test(cell));
    return unitHeading(texts) !== null || (texts.length === 1 && !cells.some((cell) => /\d/.test(cell)));
  });
}

/** @throws UsageError where the file itself has what the user gave for all rows */
function refuseGiven(place: UnitNames, { headings, nameIndexes }: ImportHeader): void {
  for (const column of UNIT_COLUMNS) {
    if (place[column] === undefined || nameIndexes[column] === -1) continue;
    const heading = headings[nameIndexes[column]] ?? column;
    throw new UsageError(
      `--set ${column}: the file has a column "${heading.slice(0, 60)}" for it`,
      `To ignore that column, add --map "${heading.slice(0, 60)}="`,
    );
  }
}

/** The rows among which the header is, and the keys of NDJSON read so far. */
export async function readFirstRows({
  file,
  table = READ_AS_IT_IS,
}: Opened<CommunityFileOptions>): Promise<{ rows: SourceRow[]; keys: readonly string[] | null }> {
  const { batches, keys } = await readTable(file, table);
  try {
    return { rows: await rowsForHeader(batches), keys };
  } finally {
    await batches.return(undefined);
  }
}

/** Lists all columns, because later rows may add some. Columns not seen so far have index -1. */
function namedHeader(keys: readonly string[], options: HeaderOptions, context: TableContext): ImportHeader {
  return { ...withColumns(readKeys(keys, options), COMMUNITY_COLUMNS), context, width: keys.length };
}

/** The rows as their author wrote them: merged cells apply to each of their rows, and no formula is disarmed. */
async function* filled(batches: AsyncGenerator<SourceRow[]>, header: ImportHeader): AsyncGenerator<SourceRow[]> {
  for await (const batch of batches) {
    for (const row of batch) {
      if (row.merged !== undefined) row.cells = fillMergedTexts(row.cells, row.merged, header);
      if (row.cells.some((cell) => cell.startsWith("'"))) row.cells = row.cells.map(rearmed);
    }
    yield batch;
  }
}

/** Enough rows to find the header among them; a batch may have fewer. */
async function firstRows(batches: AsyncGenerator<SourceRow[]>, file: string): Promise<SourceRow[]> {
  const rows = await rowsForHeader(batches);
  if (rows.length > 0) return rows;
  throw new InputError(`${file} is empty`, "The first row must name the columns, for example barangay_code.");
}

async function rowsForHeader(batches: AsyncGenerator<SourceRow[]>): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  while (rows.length < ROWS_FOR_HEADER) {
    const { value, done } = await batches.next();
    if (done) break;
    rows.push(...value);
  }
  return rows;
}

async function* thenChecked(batches: AsyncGenerator<SourceRow[]>, check: () => void): AsyncGenerator<SourceRow[]> {
  yield* batches;
  check();
}
