import { distance } from "fastest-levenshtein";
import { InputError } from "../errors.ts";
import { FIELDS } from "../fields.ts";
import type { NameColumn } from "../places/place-resolver.ts";
import { COMMUNITY_COLUMNS } from "../records/community.ts";
import {
  CODE_COLUMN,
  type ColumnMapping,
  columnNamed,
  isCommunityColumn,
  NAME_COLUMNS,
  REJECT_CELL_COLUMNS,
  REJECT_COLUMNS,
  squeezeHeading,
} from "./import-columns.ts";

/** The positions of the known columns of a file. All other columns are ignored. */
export interface ImportHeader {
  /** Row number of the header; 0 for NDJSON, where each row names its columns. */
  row: number;
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
}

export interface HeaderOptions {
  file: string;
  mapping: ColumnMapping;
  /** Whether to ignore unknown columns instead of rejecting the file. */
  ignoreUnknown: boolean;
}

/**
 * Checks the header of a communities file.
 *
 * @param row row number of the header
 * @throws InputError listing all unknown or all repeated columns, or where the file lacks a column that it must have
 */
export function readImportHeader(cells: readonly string[], row: number, options: HeaderOptions): ImportHeader {
  const where = `${options.file}, row ${row}`;
  const headings = withoutRejectColumns(cells);
  refuseUnmatched(headings, options.mapping, where);
  const header = { ...headerOf(cells, headings, where, options), row };
  refuseUseless(header, where);
  return header;
}

/**
 * Checks the keys of NDJSON read so far. Later lines may add others, so that what is missing is known only at the end
 * (see refuseMissingKeys).
 *
 * @throws InputError listing all unknown or all repeated columns
 */
export function readKeys(keys: readonly string[], options: HeaderOptions): ImportHeader {
  return headerOf(keys, withoutRejectColumns(keys), options.file, options);
}

/** @throws InputError where all lines of NDJSON together lack a column that they must have */
export function refuseMissingKeys(header: ImportHeader, { file, mapping }: HeaderOptions): void {
  refuseUnmatched(header.headings, mapping, file);
  refuseUseless(header, file);
}

function headerOf(cells: readonly string[], headings: string[], where: string, options: HeaderOptions): ImportHeader {
  const names = headings.map((heading) => (heading.trim() === "" ? "" : columnNamed(heading, options.mapping)));
  refuseUnknown(headings, names, where, options.ignoreUnknown);
  refuseDoubled(headings, names, where);
  const indexOf = (name: string) => names.indexOf(name);
  return {
    row: 0,
    headings,
    width: cells.length,
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
  };
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

function withoutRejectColumns(cells: readonly string[]): string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const added = [REJECT_CELL_COLUMNS, REJECT_COLUMNS].find(
    (columns) => names.slice(-columns.length).join() === columns.join() && names.length > columns.length,
  );
  return cells.slice(0, cells.length - (added?.length ?? 0));
}

const SUGGESTED = 3;

function refuseUnmatched(headings: readonly string[], mapping: ColumnMapping, where: string): void {
  const present = new Set(headings.map(squeezeHeading));
  const missing = [...mapping].filter(([squeezed, { optional }]) => !optional && !present.has(squeezed));
  if (missing.length === 0) return;
  const unlike = (heading: string) =>
    Math.min(...missing.map(([squeezed]) => distance(squeezed, squeezeHeading(heading))));
  const nearest = headings
    .filter((heading) => heading.trim() !== "")
    .toSorted((left, right) => unlike(left) - unlike(right))
    .slice(0, SUGGESTED);
  throw new InputError(
    `${where}: no ${missing.length === 1 ? "column" : "columns"} ${quoted(missing.map(([, { heading }]) => heading))} to map`,
    `The most similar columns of the file are: ${quoted(nearest)}. Correct --map, or remove it.`,
  );
}

type Names = ReadonlyArray<string | null | undefined>;

function refuseUnknown(headings: readonly string[], names: Names, where: string, ignoreUnknown: boolean): void {
  const unknown = headings.filter((_, index) => names[index] === undefined);
  if (unknown.length === 0 || ignoreUnknown) return;
  throw new InputError(
    `${where}: unknown ${unknown.length === 1 ? "column" : "columns"} ${quoted(unknown)}`,
    `Map them with --map "Their Column=field", rename or remove them, or ignore them with --ignore-unknown. The known columns are: ${[CODE_COLUMN, ...NAME_COLUMNS, ...COMMUNITY_COLUMNS].join(", ")}`,
  );
}

function refuseDoubled(headings: readonly string[], names: Names, where: string): void {
  // An ignored column (null) cannot conflict with another one.
  const keys = names.map((name, index) => (name === undefined ? squeezeHeading(headings[index] as string) : name));
  const counts = new Map<string, number>();
  for (const key of keys) if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  const doubled = headings.filter((_, index) => (counts.get(keys[index] ?? "") ?? 0) > 1);
  if (doubled.length === 0) return;
  throw new InputError(
    `${where}: the header has more than one column for the same field: ${quoted([...new Set(doubled)])}`,
    "Keep one of them.",
  );
}

function refuseUseless(header: ImportHeader, where: string): void {
  if (header.codeIndex === -1 && !hasNames(header)) {
    throw new InputError(
      `${where}: no column ${CODE_COLUMN}, and no columns barangay and municipality`,
      "Identify the barangay of each row by its code, such as its ten-digit PSGC code, or by the names of province, municipality and barangay.",
    );
  }
  if (header.columns.length === 0) {
    throw new InputError(
      `${where}: the columns identify the barangay only, so there is nothing to import`,
      `Add columns such as ${FIELDS[0]} or ${FIELDS[2]}.`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 60)}"`).join(", ");
}
