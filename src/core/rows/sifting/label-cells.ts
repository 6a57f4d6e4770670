/** Looks at the cells of a row that may say what the row is: a label, the header again, or numbers of columns. */
import { isField } from "../../fields.ts";
import type { ImportHeader } from "../../headings/import-header.ts";
import { squeezeHeading } from "../../headings/known/heading-words.ts";
import type { PlaceNames } from "../../places/place-resolver.ts";
import type { SourceRow } from "../import-row.ts";

/** The cells that may label the row: the first one, and those of the place. */
export function labelsOf(source: SourceRow, names: PlaceNames, header: ImportHeader, hasName: boolean): string[] {
  const first = source.cells.find((cell) => cell.trim() !== "") ?? "";
  const above = hasName ? [] : [names.municipality, names.province, names.region];
  return [first.trim(), codeCellOf(source, header), names.barangay, ...above].filter((label) => label !== "");
}

export function codeCellOf({ cells }: SourceRow, { codeIndex }: ImportHeader): string {
  return codeIndex === -1 ? "" : (cells[codeIndex] ?? "").trim();
}

/** The row's barangay, and whether that is the text of its heading; "" is, where the second row of a header has none. */
export function nameCellOf(
  { cells }: SourceRow,
  { codeIndex, nameIndexes, lines }: ImportHeader,
): { text: string; isHeading: boolean } {
  const index = nameIndexes.barangay === -1 ? codeIndex : nameIndexes.barangay;
  const text = (cells[index] ?? "").trim();
  return { text, isHeading: lines.some((line) => (line[index] ?? "").trim() === text) };
}

/** Whether the row repeats a row of the header. */
export function isHeaderAgain({ cells }: SourceRow, { lines }: ImportHeader): boolean {
  const isRepeated = (line: readonly string[]) =>
    cells.every((cell, column) => cell.trim() === "" || squeezeHeading(cell) === squeezeHeading(line[column] ?? ""));
  return cells.filter((cell) => cell.trim() !== "").length > 1 && lines.some(isRepeated);
}

/** Whether the row numbers the columns, as forms do below the header: (1), (2), (3). */
export function isColumnNumbers({ cells }: SourceRow): boolean {
  const numbers = cells.map((cell) => /^\s*\((\d{1,3})\)\s*$/.exec(cell)?.[1]);
  const present = numbers.filter((number) => number !== undefined).map(Number);
  const isAll = cells.every((cell, column) => cell.trim() === "" || numbers[column] !== undefined);
  return (
    isAll && present.length > 1 && present.every((number, index) => index === 0 || number > (present[index - 1] ?? 0))
  );
}

/** Whether the row has no text or coordinate of a community. */
export function hasNoText({ cells }: SourceRow, { columns }: ImportHeader): boolean {
  return columns.every(({ name, index }) => isField(name) || (cells[index] ?? "").trim() === "");
}

export function isMergedBarangay({ merged }: SourceRow, { codeIndex, nameIndexes }: ImportHeader): boolean {
  return merged?.some(({ column }) => column === codeIndex || column === nameIndexes.barangay) ?? false;
}

export function hasCellsBeyond({ cells }: SourceRow, { width }: ImportHeader): boolean {
  return cells.slice(width).some((cell) => cell.trim() !== "");
}
