import { COMMUNITY_COORDINATES, isField } from "../fields.ts";
import type { ImportHeader } from "./import-header.ts";

/** A cell of a spreadsheet that is merged over several rows. */
export interface MergedCell {
  /** Index of its first column, from 0. */
  column: number;
  /** Reference of its first cell, such as "C5". */
  reference: string;
  firstRow: number;
  lastRow: number;
  text: string;
}

/**
 * Copies the text of merged cells, such as the province of a block of rows, into a row below the first: the file stores
 * it in the first row only. Figures are not copied, since one figure for several rows belongs to none of them, nor is
 * the barangay, which can have one row only.
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

/** Message for a row rejected because of a merged cell; `each` says what to do after splitting it. */
export function mergedProblem({ reference, firstRow, lastRow }: MergedCell, each: string): string {
  return `cell ${reference} is merged over rows ${firstRow} to ${lastRow}; split it and ${each}`;
}

/** Whether a column holds numbers, which rows cannot share. */
export function isMeasured(column: string): boolean {
  return isField(column) || column in COMMUNITY_COORDINATES;
}
