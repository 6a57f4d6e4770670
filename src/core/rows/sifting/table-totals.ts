import { grouped } from "../../grouped.ts";
import type { UnitColumn } from "../../headings/unit-headings.ts";
import type { PlaceNames } from "../../places/place-resolver.ts";
import type { SourceRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";
import { type BlockSum, BlockSums } from "./block-sums.ts";
import type { FigureCells, Figures } from "./figure-cells.ts";
import { type PassedOver, passedOver } from "./sifted-row.ts";
import { TotalsAbove } from "./totals-above.ts";
import { type UnitSum, UnitSums } from "./unit-sums.ts";

/** A row without a label must have the sums of as many rows as this to be their total. */
const LEAST_SUMMED = 2;

/** Bounds memory: beyond as many bad rows, no total is compared. */
const MAX_BAD_ROWS = 10_000;

/** What a total says about itself. */
export interface TotalLabel {
  text: string;
  /** Whether it is that of all rows. */
  isGrand: boolean;
  /** The unit that it names; "" where it names none. */
  unit: string;
}

/** Compares the totals of a table with its rows: those below the rows, and those above them. */
export class TableTotals {
  readonly #fields: readonly string[];
  readonly #shown: (row: number) => number;
  readonly #sums: BlockSums;
  readonly #units: UnitSums;
  readonly #above: TotalsAbove;
  readonly #badRows: number[] = [];

  /**
   * @param fields names of the figures
   * @param shown the number of a row as the spreadsheet shows it
   */
  constructor(fields: readonly string[], shown: (row: number) => number) {
    this.#fields = fields;
    this.#shown = shown;
    this.#sums = new BlockSums(fields.length);
    this.#units = new UnitSums(fields.length);
    this.#above = new TotalsAbove(shown, (first, last) => this.#haveBadRows(first, last));
  }

  /** Adds a community. */
  add(row: number, figures: Figures, names: PlaceNames): void {
    this.#sums.add(row, figures);
    this.#units.add(row, figures, names);
    this.#above.add(row, figures);
  }

  /** Marks a row as bad: its figures are not certain, so that totals over it are not compared before it is corrected. */
  addBad(row: number): void {
    if (this.#badRows.length <= MAX_BAD_ROWS) this.#badRows.push(row);
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

  /**
   * Passes a total over, with a warning for each figure that differs from the rows: from those of the unit that it names, or
   * else from those that it most likely covers.
   */
  passTotal(source: SourceRow, cells: FigureCells, { text, isGrand, unit }: TotalLabel): PassedOver {
    const totals = cells.readable(source);
    const named = isGrand ? null : this.#units.named(unit);
    const block = this.#sums.equalTo(totals, 1) ?? this.#sums.nearestTo(totals, isGrand);
    if (block === null) this.#above.start(null, text, source.row, totals);
    const covered = named ?? block;
    const warnings = covered === null ? [] : this.#differences(source, cells, totals, covered, text);
    if (block !== null && totals.some((total) => total !== null)) this.#sums.end(block.level);
    return { ...passedOver(source, "total", text), warnings: [...warnings, ...unread(source, cells, text)] };
  }

  /** Begins a total of the rows below it, which stands in the heading of a unit of this level. */
  startAbove(column: UnitColumn, label: string, row: number, totals: Figures): void {
    this.#above.start(column, label, row, totals);
  }

  /** Ends the totals above rows of this level and of those below it, all for null: those that differ from their rows. */
  endAbove(column: UnitColumn | null): RowFinding[] {
    return this.#above.end(column, this.#fields);
  }

  #haveBadRows(first: number, last: number): boolean {
    return this.#badRows.length > MAX_BAD_ROWS || this.#badRows.some((row) => row >= first && row <= last);
  }

  #differences(
    source: SourceRow,
    cells: FigureCells,
    totals: Figures,
    covered: BlockSum | UnitSum,
    label: string,
  ): RowFinding[] {
    const { sums, rows, firstRow, lastRow } = covered;
    if (this.#haveBadRows(firstRow, lastRow)) return [];
    const [first, last] = [this.#shown(firstRow), this.#shown(lastRow)];
    const where = rows === 1 ? `row ${first}` : `rows ${first} to ${last}`;
    const which = "name" in covered ? `the rows of ${covered.name.trim()} (${where})` : where;
    const verb = rows === 1 && !("name" in covered) ? "has" : "sum to";
    return this.#fields.flatMap((column, position) => {
      const [total, sum] = [totals[position] ?? null, sums[position] as number];
      if (total === null || total === sum) return [];
      const message = `${label.trim().slice(0, 60)} is ${grouped(total)}, but ${which} ${verb} ${grouped(sum)}`;
      const value = cells.textAt(source, position).slice(0, 100);
      return [{ row: source.row, column, code: "", value, message, kind: "total-differs" }];
    });
  }
}

/** The cells of a total that hold no figure: nobody else would notice that they are not compared. */
function unread(source: SourceRow, cells: FigureCells, label: string): RowFinding[] {
  return cells.unreadable(source).map(({ column, value }) => {
    const message = `${label.trim().slice(0, 60)} is no figure here, so that it was not compared with the rows`;
    return { row: source.row, column, code: "", value: value.slice(0, 100), message, kind: "total-differs" };
  });
}
