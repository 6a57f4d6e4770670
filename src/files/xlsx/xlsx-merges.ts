/**
 * Finds the cells of a sheet that are merged over several rows. The XML lists them after the rows, but the rows need
 * them, so a first pass through the XML reads the list and nothing else.
 */

import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import type { MergedCell } from "../../core/import/merged-cells.ts";
import { MAX_COLUMNS } from "../table-row.ts";
import { type Cell, cellText, columnIndex } from "./spreadsheet-cell.ts";

type Merge = Omit<MergedCell, "text">;

/** The merged cells by their first row. */
export type VerticalMerges = ReadonlyMap<number, Merge[]>;

const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["'](([A-Z]{1,3})(\d{1,7})):[A-Z]{1,3}(\d{1,7})["']/g;
const MAX_TAG_CHARACTERS = 1000;
/** Bounds memory: each takes about 100 bytes. Six for each municipality of the country would be 10,000. */
const MAX_MERGES = 200_000;

/** @param where names file and sheet in errors */
export async function readVerticalMerges(chunks: AsyncIterable<string>, where: string): Promise<VerticalMerges> {
  const merges = new Map<number, Merge[]>();
  let count = 0;
  let unfinishedTag = "";
  for await (const chunk of chunks) {
    const xml = unfinishedTag + chunk;
    unfinishedTag = unfinishedTagOf(xml);
    if (!xml.includes("mergeCell")) continue;
    for (const [, reference = "", letters = "", first, last] of xml.matchAll(MERGE)) {
      const merge = { column: columnIndex(letters), reference, firstRow: Number(first), lastRow: Number(last) };
      if (merge.lastRow <= merge.firstRow || merge.column >= MAX_COLUMNS) continue;
      count += 1;
      if (count > MAX_MERGES) throw tooMany(where);
      const sameRow = merges.get(merge.firstRow);
      if (sameRow === undefined) merges.set(merge.firstRow, [merge]);
      else sameRow.push(merge);
    }
  }
  return merges;
}

function unfinishedTagOf(xml: string): string {
  const start = xml.lastIndexOf("<");
  const isUnfinished = start !== -1 && !xml.includes(">", start) && xml.length - start <= MAX_TAG_CHARACTERS;
  return isUnfinished ? xml.slice(start) : "";
}

function tooMany(where: string): InputError {
  return new InputError(
    `${where}: more than ${grouped(MAX_MERGES)} cells are merged over several rows`,
    "Unmerge them, or save the sheet as CSV.",
  );
}

/** Determines the merged cells that span each row. Rows must be given in order. */
export class MergeTracker {
  readonly #merges: VerticalMerges;
  readonly #open = new Map<number, MergedCell>();
  #listed: MergedCell[] = [];

  constructor(merges: VerticalMerges) {
    this.#merges = merges;
  }

  /** The merged cells with a value that span this row; undefined where there is none. */
  over(row: number, cells: readonly Cell[]): readonly MergedCell[] | undefined {
    if (this.#merges.size === 0) return undefined;
    let isChanged = false;
    for (const [column, { firstRow, lastRow }] of this.#open) {
      if (firstRow <= row && row <= lastRow) continue;
      this.#open.delete(column);
      isChanged = true;
    }
    for (const merge of this.#merges.get(row) ?? []) {
      const text = cellText(cells[merge.column]);
      if (text.trim() === "") continue;
      this.#open.set(merge.column, { ...merge, text });
      isChanged = true;
    }
    if (isChanged) this.#listed = [...this.#open.values()];
    return this.#listed.length === 0 ? undefined : this.#listed;
  }
}
