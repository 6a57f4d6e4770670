import type { FileColumn, ReadColumns } from "../records/read-columns.ts";
import { columnLetters } from "./column-letters.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";

/**
 * What was made of the headings of a file.
 *
 * @param headers the header of the file, or those of its sheets
 */
export function readColumns(headers: readonly ImportHeader[], isWorkbook: boolean): ReadColumns {
  const columns: Record<string, FileColumn> = {};
  for (const [name, column] of headers.flatMap((header) => fileColumns(header, isWorkbook))) {
    const first = columns[name];
    columns[name] =
      first === undefined || first.letter === column.letter ? (first ?? column) : { ...first, letter: null };
  }
  const readAs = headers.flatMap((header) => header.readAs);
  return {
    columns,
    ignoredColumns: [...new Set(headers.flatMap(({ ignored }) => ignored))],
    headings: [...new Map(readAs.map((read) => [JSON.stringify([read.heading, read.column]), read])).values()],
  };
}

function fileColumns(header: ImportHeader, isWorkbook: boolean): Array<[name: string, column: FileColumn]> {
  const { headings, codeIndex, nameIndexes, columns } = header;
  const read = [
    { name: CODE_COLUMN as string, index: codeIndex },
    ...NAME_COLUMNS.map((name) => ({ name: name as string, index: nameIndexes[name] })),
    ...columns,
  ].filter(({ index }) => index !== -1);
  return read.map(({ name, index }) => [
    name,
    { heading: (headings[index] ?? "").trim(), letter: isWorkbook ? columnLetters(index) : null },
  ]);
}
