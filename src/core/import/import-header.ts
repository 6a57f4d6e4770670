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

/** Where each known column of a file stands; columns that are not named here are passed over. */
export interface ImportHeader {
  /** The row in which it stands; 0 where the rows carry their own names. */
  row: number;
  /** The original headings, without those that a rejects file adds. */
  headings: string[];
  /** Number of cells in the header row: every row must have as many. */
  width: number;
  /** -1 where there is no such column. */
  codeIndex: number;
  nameIndexes: Record<NameColumn, number>;
  /** In the order of the file. */
  columns: ReadonlyArray<{ name: string; index: number }>;
  /** Columns without a heading; a value in one is a mistake. */
  unnamedIndexes: readonly number[];
}

export interface HeaderOptions {
  file: string;
  mapping: ColumnMapping;
  /** Whether columns that mean nothing here are passed over. */
  ignoreUnknown: boolean;
}

/**
 * Checks the header of a communities file.
 *
 * @param row where it stands in the file
 * @throws InputError listing every unknown, doubled or missing column at once
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

/** Whether rows can be placed by the names of their barangay and municipality or province. */
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
    `Say what they are with --map "Their Column=field", rename or remove them, or pass them over with --ignore-unknown. Known are: ${[CODE_COLUMN, ...NAME_COLUMNS, ...COMMUNITY_COLUMNS].join(", ")}`,
  );
}

function refuseDoubled(headings: readonly string[], names: Names, where: string): void {
  // A column that is passed over takes no name from another, whatever its heading.
  const keys = names.map((name, index) => (name === undefined ? squeezeHeading(headings[index] as string) : name));
  const doubled = headings.filter((_, index) => {
    const key = keys[index];
    return key && keys.filter((other) => other === key).length > 1;
  });
  if (doubled.length === 0) return;
  throw new InputError(
    `${where}: the header names ${quoted([...new Set(doubled)])} more than once`,
    "Keep one of each, so that it is clear which column counts.",
  );
}

function refuseUseless(header: ImportHeader, where: string): void {
  if (header.codeIndex === -1 && !hasNames(header)) {
    throw new InputError(
      `${where}: there is no column ${CODE_COLUMN}, nor are there columns barangay and municipality`,
      "Name each row's barangay by its ten-digit PSGC code, or by the names of province, municipality and barangay.",
    );
  }
  if (header.columns.length === 0) {
    throw new InputError(
      `${where}: nothing but the place, so there is nothing to import`,
      `Add columns such as ${FIELDS[0]} or ${FIELDS[2]}.`,
    );
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 60)}"`).join(", ");
}
