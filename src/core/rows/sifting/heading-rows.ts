import { InputError } from "../../errors.ts";
import type { ImportHeader } from "../../headings/import-header.ts";
import type { RowContext } from "../../headings/row-context.ts";
import {
  mayBeUnitHeading,
  UNIT_COLUMNS,
  type UnitColumn,
  type UnitNames,
  unitHeading,
} from "../../headings/unit-headings.ts";
import type { ImportRow, SourceRow } from "../import-row.ts";
import type { RowPlacer } from "../placing/row-placer.ts";
import type { FigureCells } from "./figure-cells.ts";
import { isHeaderAgain, nameCellOf } from "./label-cells.ts";
import { type PassedOver, passedOver } from "./sifted-row.ts";
import type { TableTotals } from "./table-totals.ts";

/** A table whose rows are being read. */
export interface SiftedTable {
  header: ImportHeader;
  placer: RowPlacer;
  cells: FigureCells;
  context: RowContext;
  totals: TableTotals;
  /** The number of a row as the spreadsheet shows it. */
  shown: (row: number) => number;
}

/** Finds the rows that are headings: the header again, or the place of the rows below. */
export class HeadingRows {
  readonly #table: SiftedTable;

  constructor(table: SiftedTable) {
    this.#table = table;
  }

  /**
   * Passes a heading over and enters its place; null where the row is anything else.
   *
   * @throws InputError for the header of another table
   */
  pass(source: SourceRow, parsed: ImportRow): PassedOver | null {
    const { header, placer, cells, shown } = this.#table;
    const first = cells.firstText(source);
    const { text, isHeading } = nameCellOf(source, header);
    if (isHeading && !placer.mayName(parsed.names)) {
      if (isHeaderAgain(source, header)) return passedOver(source, "heading", first);
      if (text !== "") throw otherHeader(header.file, shown(source.row));
    }
    if (mayBeUnitHeading(first)) return this.#labelled(source, parsed);
    if (!this.#areNeeded() || cells.textsOf(source).length !== 1 || cells.hasDigits(source)) return null;
    const units = placer.units.named(first, parsed.names, this.#table.context.isOfOneProvince);
    return units === null || placer.mayName(parsed.names) ? null : this.#enter(source, units, first);
  }

  /**
   * A text alone in its row may be meant as the heading of another municipality. Where only a heading can name the
   * municipality and that is not certain, the rows below are in doubt, and so is a barangay of the same name.
   */
  doubt(source: SourceRow, parsed: ImportRow): void {
    const { placer, cells, context } = this.#table;
    if (!this.#areNeeded()) return;
    const texts = cells.textsOf(source);
    if (texts.length !== 1 || cells.hasDigits(source)) return;
    const [text = ""] = texts;
    const isBarangay = placer.mayName(parsed.names);
    if (isBarangay && !placer.units.mayBe(text, parsed.names)) return;
    if (context.isTitled) context.leave();
    else context.doubt();
    if (!isBarangay) return;
    const message = `may be a barangay, or the heading of the rows below; for a heading, write "Municipality of ${text.trim()}"`;
    const finding = { row: source.row, column: "barangay", code: "", value: text.slice(0, 100), message };
    parsed.findings.push({ ...finding, kind: "place-ambiguous" });
  }

  /** Whether only headings between the rows can name the municipality. */
  #areNeeded(): boolean {
    const { header, context } = this.#table;
    return header.codeIndex === -1 && header.nameIndexes.municipality === -1 && !context.isGiven;
  }

  /** A heading with a word for its level, such as "Municipality of Damulog". */
  #labelled(source: SourceRow, parsed: ImportRow): PassedOver | null {
    const { header, placer, cells, context, totals } = this.#table;
    const texts = cells.textsOf(source);
    const units = unitHeading(texts);
    if (units === null || placer.mayName(parsed.names)) return null;
    const label = texts[0] as string;
    if (!cells.hasDigits(source)) return this.#enter(source, units, label);
    // In its own column, the name of a municipality beside figures is that of a total of the rows above.
    const isOwnColumn = UNIT_COLUMNS.some(
      (column) => units[column] !== undefined && (source.cells[header.nameIndexes[column]] ?? "").trim() !== "",
    );
    if (isOwnColumn) return null;
    const figures = cells.readable(source);
    const column = UNIT_COLUMNS.findLast((level) => units[level] !== undefined) as UnitColumn;
    const isBelow = context.isIn(units) || totals.matchRows(figures);
    if (isBelow) return totals.passTotal(source, cells, label, false);
    const entered = this.#enter(source, units, label);
    totals.startAbove(column, label, source.row, figures);
    return entered;
  }

  #enter(source: SourceRow, units: UnitNames, label: string): PassedOver {
    const highest = UNIT_COLUMNS.find((column) => units[column] !== undefined) as UnitColumn;
    const warnings = this.#table.totals.endAbove(highest);
    this.#table.context.enter(units);
    return { ...passedOver(source, "heading", label), warnings };
  }
}

function otherHeader(file: string, row: number): InputError {
  return new InputError(
    `${file}, row ${row}: another header, with other columns than the first`,
    "Put each table on a sheet or in a file of its own, with one header.",
  );
}
