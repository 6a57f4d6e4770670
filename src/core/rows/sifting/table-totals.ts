import { grouped } from "../../grouped.ts";
import type { UnitColumn } from "../../headings/unit-headings.ts";
import type { SourceRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";
import { type BlockSum, BlockSums, differing } from "./block-sums.ts";
import type { FigureCells, Figures } from "./figure-cells.ts";
import { type PassedOver, passedOver } from "./sifted-row.ts";
import { TotalsAbove } from "./totals-above.ts";

/** A row without a label must have the sums of as many rows as this to be their total. */
const LEAST_SUMMED = 2;

/** Compares the totals of a table with its rows: those below the rows, and those above them. */
export class TableTotals {
  readonly #fields: readonly string[];
  readonly #shown: (row: number) => number;
  readonly #sums: BlockSums;
  readonly #above: TotalsAbove;

  /**
   * @param fields names of the figures
   * @param shown the number of a row as the spreadsheet shows it
   */
  constructor(fields: readonly string[], shown: (row: number) => number) {
    this.#fields = fields;
    this.#shown = shown;
    this.#sums = new BlockSums(fields.length);
    this.#above = new TotalsAbove(shown);
  }

  /** Adds a community. */
  add(row: number, figures: Figures): void {
    this.#sums.add(row, figures);
    this.#above.add(row, figures);
  }

  /** Whether the figures are the sums of several rows above. */
  areSums(figures: Figures): boolean {
    return figures.some((figure) => figure !== null && figure > 0) && this.matchRows(figures);
  }

  /** The same, also for figures that are all 0 or missing. */
  matchRows(figures: Figures): boolean {
    return this.#sums.equalTo(figures, LEAST_SUMMED) !== null;
  }

  /** Passes a row without a total's label over if its figures are the sums of several rows above; otherwise null. */
  passSums(source: SourceRow, figures: Figures, label: string): PassedOver | null {
    if (!this.areSums(figures)) return null;
    this.#sums.end((this.#sums.equalTo(figures, LEAST_SUMMED) as BlockSum).level);
    return passedOver(source, "total", label);
  }

  /** Passes a total over, with a warning for each figure that differs from the rows. */
  passTotal(source: SourceRow, cells: FigureCells, label: string, isGrand: boolean): PassedOver {
    const totals = cells.readable(source);
    const block = this.#sums.equalTo(totals, 1) ?? this.#sums.nearestTo(totals, isGrand);
    if (block === null) this.#above.start(null, label, source.row, totals);
    const warnings = block === null ? [] : this.#differences(source, cells, block, label);
    if (block !== null && totals.some((total) => total !== null)) this.#sums.end(block.level);
    return { ...passedOver(source, "total", label), warnings };
  }

  /** Begins a total of the rows below it, which stands in the heading of a unit of this level. */
  startAbove(column: UnitColumn, label: string, row: number, totals: Figures): void {
    this.#above.start(column, label, row, totals);
  }

  /** Ends the totals above rows of this level and of those below it, all for null: those that differ from their rows. */
  endAbove(column: UnitColumn | null): RowFinding[] {
    return this.#above.end(column, this.#fields);
  }

  #differences(source: SourceRow, cells: FigureCells, block: BlockSum, label: string): RowFinding[] {
    const { row } = source;
    const totals = cells.readable(source);
    const rows =
      block.rows === 1
        ? `row ${this.#shown(block.firstRow)} has`
        : `rows ${this.#shown(block.firstRow)} to ${this.#shown(block.lastRow)} sum to`;
    return differing(block, totals).map((position) => {
      const column = this.#fields[position] as string;
      const message = `${label.trim().slice(0, 60)} is ${grouped(totals[position] as number)}, but ${rows} ${grouped(block.sums[position] as number)}`;
      const value = cells.textAt(source, position).slice(0, 100);
      return { row, column, code: "", value, message, kind: "total-differs" };
    });
  }
}
