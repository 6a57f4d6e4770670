import { columnLetters } from "./column-letters.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";

/** A column of an imported file, as its author knows it. */
export interface FileColumn {
  heading: string;
  /** The letter of the column in a workbook: J. Null in other files. */
  letter: string | null;
}

/** The columns that the program reads from a file, by its own names for them. */
export function fileColumns(header: ImportHeader, isWorkbook: boolean): Record<string, FileColumn> {
  const { headings, codeIndex, nameIndexes, columns } = header;
  const read = [
    { name: CODE_COLUMN as string, index: codeIndex },
    ...NAME_COLUMNS.map((name) => ({ name: name as string, index: nameIndexes[name] })),
    ...columns,
  ].filter(({ index }) => index !== -1);
  return Object.fromEntries(
    read.map(({ name, index }) => [
      name,
      { heading: (headings[index] ?? "").trim(), letter: isWorkbook ? columnLetters(index) : null },
    ]),
  );
}
