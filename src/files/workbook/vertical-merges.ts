import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import type { MergedCell } from "../../core/headings/merged-cells.ts";
import { type Cell, cellText } from "../../core/rows/sheet-cell.ts";
import { MAX_COLUMNS } from "../table-row.ts";

export type Merge = Omit<MergedCell, "text">;

/** Bounds memory: each takes about 100 bytes. Six for each municipality of the country would be 10,000. */
const MAX_MERGES = 200_000;

/** The cells of a sheet that are merged over several rows. */
export class VerticalMerges {
  readonly #byFirstRow = new Map<number, Merge[]>();
  readonly #where: string;
  #count = 0;

  /** @param where names file and sheet in errors */
  constructor(where: string) {
    this.#where = where;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /**
   * Adds a merged cell. One that spans a single row, or is beyond the columns that are read, does not count.
   *
   * @throws InputError if there are too many
   */
  add(merge: Merge): void {
    if (merge.lastRow <= merge.firstRow || merge.column >= MAX_COLUMNS) return;
    this.#count += 1;
    if (this.#count > MAX_MERGES) throw tooMany(this.#where);
    const sameRow = this.#byFirstRow.get(merge.firstRow);
    if (sameRow === undefined) this.#byFirstRow.set(merge.firstRow, [merge]);
    else sameRow.push(merge);
  }

  startingAt(row: number): readonly Merge[] {
    return this.#byFirstRow.get(row) ?? [];
  }
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
    if (this.#merges.isEmpty) return undefined;
    let isChanged = false;
    for (const [column, { firstRow, lastRow }] of this.#open) {
      if (firstRow <= row && row <= lastRow) continue;
      this.#open.delete(column);
      isChanged = true;
    }
    for (const merge of this.#merges.startingAt(row)) {
      const text = cellText(cells[merge.column]);
      if (text.trim() === "") continue;
      this.#open.set(merge.column, { ...merge, text });
      isChanged = true;
    }
    if (isChanged) this.#listed = [...this.#open.values()];
    return this.#listed.length === 0 ? undefined : this.#listed;
  }
}
