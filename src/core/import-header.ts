import { COMMUNITY_COLUMNS } from "./community.ts";
import { InputError } from "./errors.ts";
import { FIELDS } from "./fields.ts";

/** The column that names a row; the others are those of a community. */
export const CODE_COLUMN = "barangay_code";

/** Where each known column of a file stands; columns that are not named here are ignored. */
export interface ImportHeader {
  /** Number of cells in the header: every row must have as many. */
  width: number;
  codeIndex: number;
  /** In the order of the file. */
  columns: ReadonlyArray<{ name: string; index: number }>;
}

/**
 * Checks the header of a communities file.
 *
 * @param ignoreUnknown whether columns that mean nothing here are passed over
 * @throws InputError listing every unknown, doubled or missing column at once
 */
export function readImportHeader(cells: readonly string[], file: string, ignoreUnknown: boolean): ImportHeader {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const doubled = names.filter((name, index) => name !== "" && names.indexOf(name) !== index);
  if (doubled.length > 0) {
    throw new InputError(
      `${file}, row 1: the header names ${quoted([...new Set(doubled)])} more than once`,
      "Keep one of each, so that it is clear which column counts.",
    );
  }
  const known = (name: string) => name === CODE_COLUMN || COMMUNITY_COLUMNS.includes(name);
  const unknown = cells.filter((_, index) => !known(names[index] as string));
  if (unknown.length > 0 && !ignoreUnknown) {
    throw new InputError(
      `${file}, row 1: unknown ${unknown.length === 1 ? "column" : "columns"} ${quoted(unknown)}`,
      `Rename or remove them, or pass them over with --ignore-unknown. Known are: ${[CODE_COLUMN, ...COMMUNITY_COLUMNS].join(", ")}`,
    );
  }
  const codeIndex = names.indexOf(CODE_COLUMN);
  if (codeIndex === -1) {
    throw new InputError(
      `${file}, row 1: there is no column ${CODE_COLUMN}`,
      "Add it, with the ten-digit PSGC code of each row's barangay.",
    );
  }
  const columns = names.map((name, index) => ({ name, index })).filter(({ name }) => COMMUNITY_COLUMNS.includes(name));
  if (columns.length === 0) {
    throw new InputError(
      `${file}, row 1: nothing but ${CODE_COLUMN}, so there is nothing to import`,
      `Add columns such as ${FIELDS[0]} or ${FIELDS[2]}.`,
    );
  }
  return { width: cells.length, codeIndex, columns };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name.slice(0, 60)}"`).join(", ");
}
