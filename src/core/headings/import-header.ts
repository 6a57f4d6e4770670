import { InputError } from "../errors.ts";
import { FIELDS } from "../fields.ts";
import type { NameColumn } from "../places/place-resolver.ts";
import type { ReadHeading } from "../records/read-columns.ts";
import { CODE_COLUMN, type ColumnMapping, isCommunityColumn } from "./import-columns.ts";
import { NO_CONTEXT, type TableContext } from "./row-context.ts";
import { type UnderstoodHeadings, understandHeader, understandKeys } from "./understood-headings.ts";
import { refuseDoubled, refuseUnknown, refuseUnmatched } from "./unknown/refused-headings.ts";

/** The positions of the known columns of a file. All other columns are ignored. */
export interface ImportHeader {
  /** The file, or the sheet of it, as messages call it. */
  file: string;
  /** Row number of the header; 0 for NDJSON, where each row names its columns. */
  row: number;
  /** The rows of the header as in the file; none for NDJSON. */
  lines: ReadonlyArray<readonly string[]>;
  /** What is known about the place of all rows below it. */
  context: TableContext;
  /** The headings as in the file, without those that a rejects file adds. */
  headings: string[];
  /** Number of cells in the header row. Every row must have as many, unless rows may be short. */
  width: number;
  /** -1 where the file has no column of codes. */
  codeIndex: number;
  /** -1 for each column that the file does not have. */
  nameIndexes: Record<NameColumn, number>;
  /** The columns of the community, ordered as in the file. */
  columns: ReadonlyArray<{ name: string; index: number }>;
  /** Columns without a heading; a row with a value in one is rejected. */
  unnamedIndexes: readonly number[];
  /** Headings of unknown columns. */
  ignored: string[];
  /** How the headings were read that are not the names of columns. */
  readAs: ReadHeading[];
}

export interface HeaderOptions {
  /** The file, or the sheet of it, as messages call it. */
  file: string;
  mapping: ColumnMapping;
  /** Whether to ignore unknown columns instead of rejecting the file. */
  ignoreUnknown: boolean;
  /** Whether something else than a column names the municipality or province: the user, a title or headings in between. */
  isPlaced?: boolean;
}

/**
 * Checks the header of a communities file.
 *
 * @param row row number of the header
 * @throws InputError listing all unknown or all repeated columns, or where the file lacks a column that it must have
 */
export function readImportHeader(cells: readonly string[], row: number, options: HeaderOptions): ImportHeader {
  const where = `${options.file}, row ${row}`;
  const understood = understandHeader(cells, options.mapping);
  refuseUnmatched(understood.headings, options.mapping, where);
  const header = { ...headerOf(understood, cells.length, where, options), row };
  refuseUseless(header, where, options.isPlaced ?? false);
  return header;
}

/**
 * Checks the keys of NDJSON read so far. Later lines may add others, so that what is missing is known only at the end
 * (see refuseMissingKeys).
 *
 * @throws InputError listing all unknown or all repeated columns
 */
export function readKeys(keys: readonly string[], options: HeaderOptions): ImportHeader {
  return headerOf(understandKeys(keys, options.mapping), keys.length, options.file, options);
}

/** @throws InputError where all lines of NDJSON together lack a column that they must have */
export function refuseMissingKeys(header: ImportHeader, { file, mapping, isPlaced = false }: HeaderOptions): void {
  refuseUnmatched(header.headings, mapping, file);
  refuseUseless(header, file, isPlaced);
}

function headerOf(
  understood: UnderstoodHeadings,
  width: number,
  where: string,
  { file, ignoreUnknown }: HeaderOptions,
): ImportHeader {
  const { headings, names, readAs } = understood;
  if (!ignoreUnknown) refuseUnknown(understood, where);
  refuseDoubled(understood, where);
  const indexOf = (name: string) => names.indexOf(name);
  return {
    file,
    row: 0,
    lines: [],
    context: NO_CONTEXT,
    headings,
    width,
    codeIndex: indexOf(CODE_COLUMN),
    nameIndexes: {
      region: indexOf("region"),
      province: indexOf("province"),
      municipality: indexOf("municipality"),
      barangay: indexOf("barangay"),
    },
    columns: names.flatMap((name, index) => (name && isCommunityColumn(name) ? [{ name, index }] : [])),
    unnamedIndexes: names.flatMap((name, index) => (name === "" ? [index] : [])),
    ignored: headings.filter((_, index) => names[index] === undefined),
    readAs,
  };
}

/** The header with all of these columns, also those that its table does not have. */
export function withColumns(header: ImportHeader, columns: readonly string[]): ImportHeader {
  const indexes = new Map(header.columns.map(({ name, index }) => [name, index]));
  return { ...header, columns: columns.map((name) => ({ name, index: indexes.get(name) ?? -1 })) };
}

/** What the column at a position is read as; null where it is not imported. */
export function columnAt(index: number, { codeIndex, nameIndexes, columns }: ImportHeader): string | null {
  if (index === codeIndex) return CODE_COLUMN;
  const place = (Object.keys(nameIndexes) as NameColumn[]).find((name) => nameIndexes[name] === index);
  return place ?? columns.find((column) => column.index === index)?.name ?? null;
}

/** Whether the header has enough columns to find a barangay by name: its own, and the municipality's or province's. */
export function hasNames({ nameIndexes }: ImportHeader): boolean {
  return nameIndexes.barangay !== -1 && (nameIndexes.municipality !== -1 || nameIndexes.province !== -1);
}

function refuseUseless(header: ImportHeader, where: string, isPlaced: boolean): void {
  const isNamed = hasNames(header) || (isPlaced && header.nameIndexes.barangay !== -1);
  if (header.codeIndex === -1 && !isNamed) {
    throw new InputError(
      `${where}: no column ${CODE_COLUMN}, and no columns barangay and municipality`,
      'Identify the barangay of each row by its code, such as its ten-digit PSGC code, or by the names of province, municipality and barangay. If all rows are of one municipality: --set municipality="NAME" --set province="NAME"',
    );
  }
  if (header.columns.length === 0) {
    throw new InputError(
      `${where}: the columns identify the barangay only, so there is nothing to import`,
      `Add columns such as ${FIELDS[0]} or ${FIELDS[2]}.`,
    );
  }
}
