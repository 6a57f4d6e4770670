import { COMMUNITY_COORDINATES, isField } from "../fields.ts";
import type { ImportHeader } from "./import-header.ts";

/** A cell of a spreadsheet that is merged over several rows, as each of these rows shows it. */
export interface MergedCell {
  /** Index of its first column. */
  column: number;
  /** Of its first cell: "C5". */
  reference: string;
  firstRow: number;
  lastRow: number;
  text: string;
}

/**
 * Gives a row the texts that stand in a cell merged down over it, such as the province of a whole block: the file has
 * them in the first row only. Figures are left where they are, since one figure over several rows is no row's own,
 * and so is what names the barangay, since each has one row.
 */
export function fillMergedTexts(
  given: readonly string[],
  merged: readonly MergedCell[],
  { nameIndexes, columns }: ImportHeader,
): string[] {
  const { region, province, municipality } = nameIndexes;
  const texts = columns.filter(({ name }) => !isMeasured(name)).map(({ index }) => index);
  const filled = new Set([region, province, municipality, ...texts]);
  const cells = [...given];
  for (const { column, text } of merged) {
    if (!filled.has(column)) continue;
    while (cells.length < column) cells.push("");
    cells[column] = text;
  }
  return cells;
}

/** What keeps a row out that has a part in such a cell. */
export function mergedProblem({ reference, firstRow, lastRow }: MergedCell, each: string): string {
  return `cell ${reference} is merged over rows ${firstRow} to ${lastRow}: split it, and ${each}`;
}

/** Whether a column holds numbers, of which each row needs its own. */
export function isMeasured(column: string): boolean {
  return isField(column) || column in COMMUNITY_COORDINATES;
}
