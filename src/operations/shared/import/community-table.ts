import { rearmed } from "../../../core/disarmed-cell.ts";
import { InputError, UsageError } from "../../../core/errors.ts";
import { findHeader, uncertainHeaderHint } from "../../../core/headings/find-header.ts";
import {
  type HeaderOptions,
  type ImportHeader,
  readImportHeader,
  readKeys,
  refuseMissingKeys,
  withColumns,
} from "../../../core/headings/import-header.ts";
import { fillMergedTexts } from "../../../core/headings/merged-cells.ts";
import { NO_CONTEXT, type TableContext } from "../../../core/headings/row-context.ts";
import { UNIT_COLUMNS, type UnitNames, unitHeading, unitsInTitles } from "../../../core/headings/unit-headings.ts";
import { COMMUNITY_COLUMNS } from "../../../core/records/community.ts";
import type { SheetName } from "../../../core/records/table-source.ts";
import type { SourceRow } from "../../../core/rows/import-row.ts";
import { prepended } from "../../../files/prepended.ts";
import { READ_AS_IT_IS, readTable } from "../../../files/table-reader.ts";
import type { CommunityFile, CommunityFileOptions, Opened } from "./community-file.ts";
import { firstRows } from "./first-rows.ts";

/**
 * Opens a file with one table, or one sheet of several.
 *
 * @param sheet the name of the sheet, where several are read
 * @throws InputError if it cannot be read or its header is invalid
 */
export async function openTable(
  { file, table = READ_AS_IT_IS, mapping = new Map(), ignoreUnknown = false, place = {} }: Opened<CommunityFileOptions>,
  sheet: string | null,
): Promise<CommunityFile> {
  const { batches, keys, mayBeShort, source, position } = await readTable(file, table);
  const { sheet: read, sheets } = source();
  const where = sheets.length > 1 ? `${file.name}, sheet "${read}"` : file.name;
  const options: HeaderOptions = { file: where, mapping, ignoreUnknown, isPlaced: isMunicipalityKnown(place) };
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
      headers: () => [current()],
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
  const others = sheet === null && table.sheet === null ? sheets.filter(({ name }) => name !== read) : [];
  const doubt = found === null ? null : uncertainHeaderHint(found);
  const header = {
    ...withHints(doubt, others, () => readImportHeader(cells.map(rearmed), row, { ...options, isPlaced })),
    ...{ lines, context: { given: place, titles, sheet } },
  };
  refuseGiven(place, header);
  return {
    header: () => header,
    headers: () => [header],
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

/** The header of the first sheet may be wrong because the list is on another one, or further below. */
function withHints<T>(doubt: string | null, others: readonly SheetName[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const hints = [doubt, error.hint, otherSheetsHint(others)].filter((hint) => hint !== null);
    throw new InputError(error.message, hints.join("\n  "), { cause: error });
  }
}

function otherSheetsHint(others: readonly SheetName[]): string | null {
  const names = others.filter(({ hidden }) => !hidden).map(({ name }) => `"${name}"`);
  if (names.length === 0) return null;
  const shown = names.length > SHEETS_NAMED ? [...names.slice(0, SHEETS_NAMED), "…"] : names;
  return `The workbook has other sheets: ${shown.join(", ")}. Give one with --sheet NAME, or --all-sheets`;
}

const SHEETS_NAMED = 5;

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

async function* thenChecked(batches: AsyncGenerator<SourceRow[]>, check: () => void): AsyncGenerator<SourceRow[]> {
  yield* batches;
  check();
}
