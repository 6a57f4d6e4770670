import { rearmed } from "../../core/disarmed-cell.ts";
import { InputError, UsageError } from "../../core/errors.ts";
import { findHeader, ROWS_FOR_HEADER } from "../../core/import/find-header.ts";
import type { ColumnMapping } from "../../core/import/import-columns.ts";
import {
  type HeaderOptions,
  type ImportHeader,
  readImportHeader,
  readKeys,
  refuseMissingKeys,
} from "../../core/import/import-header.ts";
import type { SourceRow } from "../../core/import/import-row.ts";
import { fillMergedTexts } from "../../core/import/merged-cells.ts";
import type { TableContext } from "../../core/import/row-context.ts";
import type { TableSource } from "../../core/import/table-source.ts";
import { UNIT_COLUMNS, type UnitNames, unitHeading, unitsInTitles } from "../../core/import/unit-headings.ts";
import { COMMUNITY_COLUMNS } from "../../core/records/community.ts";
import type { InputFile } from "../../files/open-file.ts";
import { prepended } from "../../files/prepended.ts";
import { READ_AS_IT_IS, readTable, type TableOptions } from "../../files/table-reader.ts";

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
  mayBeShort: boolean;
  /** What is known about the place of all rows. */
  context: TableContext;
  isWorkbook: boolean;
  /** Whether later rows may add columns, as in NDJSON. */
  mayAddColumns: boolean;
  source: () => TableSource;
  position: () => { read: number; size: number | null };
}

/** @throws InputError if the file cannot be read or its header is invalid */
export async function openCommunityFile({
  file,
  table = READ_AS_IT_IS,
  mapping = new Map(),
  ignoreUnknown = false,
  place = {},
}: Opened<CommunityFileOptions>): Promise<CommunityFile> {
  const options: HeaderOptions = { file: file.name, mapping, ignoreUnknown, isPlaced: isMunicipalityKnown(place) };
  const { batches, keys, mayBeShort, source, position } = await readTable(file, table);
  const first = await firstRows(batches, file.name);
  if (keys !== null) {
    let header = namedHeader(keys, options);
    return {
      header: () => {
        if (header.width !== keys.length) header = namedHeader(keys, options);
        return header;
      },
      columns: COMMUNITY_COLUMNS,
      batches: thenChecked(prepended(first, batches), () => refuseMissingKeys(readKeys(keys, options), options)),
      mayBeShort,
      context: { given: place, titles: {} },
      isWorkbook: false,
      mayAddColumns: true,
      source,
      position,
    };
  }
  const found = findHeader(first, mapping);
  const { cells = [], row = 1, rowsAbove = 0, lines = [] } = found ?? {};
  const titles = unitsInTitles(first.slice(0, rowsAbove - lines.length).map((above) => above.cells));
  const isPlaced = isMunicipalityKnown(place) || isMunicipalityKnown(titles) || haveHeadings(first.slice(rowsAbove));
  const header = { ...readImportHeader(cells.map(rearmed), row, { ...options, isPlaced }), lines };
  refuseGiven(place, header);
  return {
    header: () => header,
    columns: header.columns.map(({ name }) => name),
    batches: filled(prepended(first.slice(rowsAbove), batches), header),
    mayBeShort,
    context: { given: place, titles },
    // Workbooks do not store empty cells; of the files with a header, only their rows may be short.
    isWorkbook: mayBeShort,
    mayAddColumns: false,
    source,
    position,
  };
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
    return { rows: await firstRows(batches, file.name), keys };
  } finally {
    await batches.return(undefined);
  }
}

/** Lists all columns, because later rows may add some. Columns not seen so far have index -1. */
function namedHeader(keys: readonly string[], options: HeaderOptions): ImportHeader {
  const header = readKeys(keys, options);
  const indexes = new Map(header.columns.map(({ name, index }) => [name, index]));
  return {
    ...header,
    width: keys.length,
    columns: COMMUNITY_COLUMNS.map((name) => ({ name, index: indexes.get(name) ?? -1 })),
  };
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
  const rows: SourceRow[] = [];
  while (rows.length < ROWS_FOR_HEADER) {
    const { value, done } = await batches.next();
    if (done) break;
    rows.push(...value);
  }
  if (rows.length > 0) return rows;
  throw new InputError(`${file} is empty`, "The first row must name the columns, for example barangay_code.");
}

async function* thenChecked(batches: AsyncGenerator<SourceRow[]>, check: () => void): AsyncGenerator<SourceRow[]> {
  yield* batches;
  check();
}
