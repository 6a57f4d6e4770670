import { grouped } from "../../grouped.ts";
import { UNIT_COLUMNS, type UnitColumn } from "../../headings/unit-headings.ts";
import type { RowFinding } from "../row-finding.ts";

type Figures = ReadonlyArray<number | null>;

interface TotalAbove {
  /** Null for a total above all rows. */
  column: UnitColumn | null;
  label: string;
  row: number;
  figures: Figures;
  sums: number[];
  firstRow: number;
  lastRow: number;
}

/** Totals that stand above their rows, as those of a municipality in its heading do. At most one of each level is open. */
export class TotalsAbove {
  #open: TotalAbove[] = [];
  readonly #shown: (row: number) => number;
  readonly #haveBadRows: (first: number, last: number) => boolean;

  /**
   * @param shown the number of a row as the spreadsheet shows it
   * @param haveBadRows whether there are bad rows among these, so that a total over them is not compared
   */
  constructor(shown: (row: number) => number, haveBadRows: (first: number, last: number) => boolean) {
    this.#shown = shown;
    this.#haveBadRows = haveBadRows;
  }

  start(column: UnitColumn | null, label: string, row: number, figures: Figures): void {
    this.#open.push({ column, label, row, figures, sums: figures.map(() => 0), firstRow: 0, lastRow: 0 });
  }

  add(row: number, figures: Figures): void {
    for (const total of this.#open) {
      if (total.firstRow === 0) total.firstRow = row;
      total.lastRow = row;
      for (const [index, figure] of figures.entries())
        total.sums[index] = (total.sums[index] as number) + (figure ?? 0);
    }
  }

  /**
   * Ends the totals of this level and of those below it; all for null.
   *
   * @param fields names of the figures
   */
  end(column: UnitColumn | null, fields: readonly string[]): RowFinding[] {
    const highest = column === null ? -1 : UNIT_COLUMNS.indexOf(column);
    const isEnded = (total: TotalAbove) =>
      column === null || (total.column !== null && UNIT_COLUMNS.indexOf(total.column) >= highest);
    const ended = this.#open.filter(isEnded);
    this.#open = this.#open.filter((total) => !isEnded(total));
    return ended
      .filter(({ firstRow, lastRow }) => !this.#haveBadRows(firstRow, lastRow))
      .flatMap((total) => differences(total, fields, this.#shown));
  }
}

function differences(
  { label, row, figures, sums, firstRow, lastRow }: TotalAbove,
  fields: readonly string[],
  shown: (row: number) => number,
): RowFinding[] {
  // A heading without rows of its own is above the next heading.
  if (firstRow === 0) return [];
  return fields.flatMap((column, index) => {
    const [figure, sum] = [figures[index] ?? null, sums[index] as number];
    if (figure === null || figure === sum) return [];
    const message = `${label.trim().slice(0, 60)} is ${grouped(figure)}, but rows ${shown(firstRow)} to ${shown(lastRow)} sum to ${grouped(sum)}`;
    return [{ row, column, code: "", value: String(figure), message, kind: "total-differs" }];
  });
}
