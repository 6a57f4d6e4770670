import { distance } from "fastest-levenshtein";
import { InputError } from "../errors.ts";
import { FIELDS, isField } from "../fields.ts";
import type { NameColumn } from "../places/place-resolver.ts";
import {
  CODE_COLUMN,
  type ColumnMapping,
  type HeadingMeaning,
  isCommunityColumn,
  meaningOf,
  REJECT_CELL_COLUMNS,
  REJECT_COLUMNS,
  squeezeHeading,
} from "./import-columns.ts";
import { NO_CONTEXT, type TableContext } from "./row-context.ts";
import { suggestColumns } from "./suggest-columns.ts";

/** The positions of the known columns of a file. All other columns are ignored. */
export interface ImportHeader {
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

/** A heading of a file and what it was read as. */
export interface ReadHeading {
  heading: string;
  /** Null where the column is not imported. */
  column: string | null;
  /** What else a user should know; "" where there is nothing. */
  note: string;
}

export interface HeaderOptions {
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
  const headings = withoutRejectColumns(cells);
  refuseUnmatched(headings, options.mapping, where);
  const meanings = meaningsOf(headings, options.mapping);
  const names = meanings.map((meaning, index) => nameMeant(meaning, index, meanings));
  const header = { ...headerOf({ headings, meanings, names }, cells.length, where, options), row };
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
  const headings = withoutRejectColumns(keys);
  const meanings = meaningsOf(headings, options.mapping);
  // A key of a later line must not change what one of these means.
  const names = meanings.map((meaning, index) => nameMeant(meaning, index, []));
  return headerOf({ headings, meanings, names }, keys.length, options.file, options);
}

/** @throws InputError where all lines of NDJSON together lack a column that they must have */
export function refuseMissingKeys(header: ImportHeader, { file, mapping, isPlaced = false }: HeaderOptions): void {
  refuseUnmatched(header.headings, mapping, file);
  refuseUseless(header, file, isPlaced);
}

interface Understood {
  headings: string[];
  /** Null where there is no heading. */
  meanings: Array<HeadingMeaning | null>;
  names: Names;
}

function meaningsOf(headings: readonly string[], mapping: ColumnMapping): Array<HeadingMeaning | null> {
  return headings.map((heading) => (heading.trim() === "" ? null : meaningOf(heading, mapping)));
}

function headerOf(
  { headings, meanings, names }: Understood,
  width: number,
  where: string,
  { ignoreUnknown }: HeaderOptions,
): ImportHeader {
  refuseUnknown(headings, names, where, ignoreUnknown);
  refuseDoubled(headings, names, where);
  const indexOf = (name: string) => names.indexOf(name);
  return {
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
    readAs: headings.flatMap((heading, index) => readAs(heading, names[index], meanings[index])),
  };
}

/** What the column at a position is read as; null where it is not imported. */
export function columnAt(index: number, { codeIndex, nameIndexes, columns }: ImportHeader): string | null {
  if (index === codeIndex) return CODE_COLUMN;
  const place = (Object.keys(nameIndexes) as NameColumn[]).find((name) => nameIndexes[name] === index);
  return place ?? columns.find((column) => column.index === index)?.name ?? null;
}

/**
 * The column that a heading means beside all others; null where it is not imported, undefined where it is unknown, ""
 * where there is no heading.
 */
function nameMeant(
  meaning: HeadingMeaning | null,
  index: number,
  all: ReadonlyArray<HeadingMeaning | null>,
): string | null | undefined {
  if (meaning === null) return "";
  switch (meaning.kind) {
    case "column":
      return meaning.column;
    case "population":
      return all.some((other) => isColumn(other, OBC_POPULATION)) ? BARANGAY_POPULATION : OBC_POPULATION;
    case "row-numbers": {
      // After the first figure, "No." is more likely a count of something.
      const firstField = all.findIndex((other) => other?.kind === "population" || isColumn(other));
      const isFirst = all.findIndex((other) => other?.kind === "row-numbers") === index;
      return isFirst && (firstField === -1 || index < firstField) ? null : undefined;
    }
    case "unknown":
      return undefined;
    default:
      return null;
  }
}

const OBC_POPULATION = "estimated_obc_population";
const BARANGAY_POPULATION = "total_barangay_population";

/** Whether a heading means a column of figures, or this one. */
function isColumn(meaning: HeadingMeaning | null, column?: string): boolean {
  return meaning?.kind === "column" && (column === undefined ? isField(meaning.column) : meaning.column === column);
}

function readAs(
  heading: string,
  name: string | null | undefined,
  meaning: HeadingMeaning | null | undefined,
): ReadHeading[] {
  if (name === undefined || !meaning || meaning.kind === "ignored") return [];
  if (meaning.kind === "population") return [{ heading, column: name, note: populationNote(name) }];
  if (meaning.kind === "row-numbers") return [{ heading, column: null, note: "row numbers" }];
  if (meaning.kind === "not-ours") return [{ heading, column: null, note: `there is no field for ${meaning.what}` }];
  const isLiteral = name !== null && squeezeHeading(heading) === squeezeHeading(name);
  return isLiteral ? [] : [{ heading, column: name, note: "" }];
}

function populationNote(column: string | null): string {
  return column === OBC_POPULATION
    ? `not ${BARANGAY_POPULATION}, as no other column is the community's`
    : `as another column is the community's`;
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

/** The unknown headings of a file, each with the columns that it may mean. */
export function suggestedFor(cells: readonly string[], mapping: ColumnMapping): Suggested[] {
  const headings = withoutRejectColumns(cells);
  const meanings = meaningsOf(headings, mapping);
  return suggestions(
    headings,
    meanings.map((meaning, index) => nameMeant(meaning, index, meanings)),
  );
}

interface Suggested {
  heading: string;
  columns: string[];
}

function suggestions(headings: readonly string[], names: Names): Suggested[] {
  const taken = new Set(names.filter((name) => typeof name === "string"));
  return headings
    .filter((_, index) => names[index] === undefined)
    .map((heading) => ({ heading, columns: suggestColumns(heading, taken) }));
}

function refuseUnknown(headings: readonly string[], names: Names, where: string, ignoreUnknown: boolean): void {
  if (ignoreUnknown || !names.includes(undefined)) return;
  const unknown = suggestions(headings, names);
  const shown = unknown.slice(0, SUGGESTIONS_SHOWN);
  const rest = unknown.length > shown.length ? [`and ${unknown.length - shown.length} more`] : [];
  throw new InputError(
    `${where}: unknown ${unknown.length === 1 ? "column" : "columns"} ${quoted(unknown.map(({ heading }) => heading))}`,
    [
      ...shown.map(didYouMean),
      ...rest,
      "To ignore unknown columns, add --ignore-unknown. To list the fields: obc-sync import communities --list-columns",
    ].join("\n"),
  );
}

/** A file that is no list of communities has hundreds of unknown headings. */
const SUGGESTIONS_SHOWN = 20;

function didYouMean({ heading, columns }: Suggested): string {
  const cut = heading.slice(0, 60);
  if (columns.length === 0) return `"${cut}" resembles no field. To ignore it: --map "${cut}="`;
  return `"${cut}": did you mean ${columns.join(" or ")}? --map "${cut}=${columns[0]}"`;
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

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 60)}"`).join(", ");
}
