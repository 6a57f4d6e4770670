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
 * @param row row number of the header; 0 for NDJSON
 * @throws InputError listing all unknown or all repeated columns, or where the file has no column to import
 */
export function readImportHeader(cells: readonly string[], row: number, options: HeaderOptions): ImportHeader {
  const headings = withoutRejectColumns(cells);
  const names = headings.map((heading) => (heading.trim() === "" ? "" : columnNamed(heading, options.mapping)));
  const where = row === 0 ? options.file : `${options.file}, row ${row}`;
  refuseUnknown(headings, names, where, options.ignoreUnknown);
  refuseDoubled(headings, names, where);
  const indexOf = (name: string) => names.indexOf(name);
  const header: ImportHeader = {
    row,
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
  };
  refuseUseless(header, where);
  return header;
}

/** Whether the header has enough columns to find a barangay by name: its own, and the municipality's or province's. */
export function hasNames({ nameIndexes }: ImportHeader): boolean {
  return nameIndexes.barangay !== -1 && (nameIndexes.municipality !== -1 || nameIndexes.province !== -1);
}

function withoutRejectColumns(cells: readonly string[]): string[] {
  const last = cells.slice(-REJECT_COLUMNS.length).map((cell) => cell.trim().toLowerCase());
  const isRejects = last.join() === REJECT_COLUMNS.join() && cells.length > REJECT_COLUMNS.length;
  return isRejects ? cells.slice(0, -REJECT_COLUMNS.length) : [...cells];
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
      "Identify the barangay of each row by its ten-digit PSGC code, or by the names of province, municipality and barangay.",
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
