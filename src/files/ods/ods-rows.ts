/** Reads the rows of one sheet of an .ods workbook from the part that has all sheets. */
import { InputError } from "../../core/errors.ts";
import { grouped } from "../../core/grouped.ts";
import { type Cell, cellReference } from "../../core/rows/sheet-cell.ts";
import { EmptyRows, WIDE } from "../empty-rows.ts";
import { MAX_COLUMNS, tooManyColumns } from "../table-row.ts";
import type { SheetRow } from "../workbook/spreadsheet-cell.ts";
import { MergeTracker, VerticalMerges } from "../workbook/vertical-merges.ts";
import type { XmlAttributes, XmlCollector } from "../workbook/xml-stream.ts";
import { CellText, readOdsCell } from "./ods-cell.ts";

/** As many rows as a sheet of a spreadsheet has. */
const MAX_ROW = 1_048_576;
/** One line of XML can stand for a million equal rows, so the size of the file does not bound the cells. */
const MAX_REPEATED_CELLS = 4 * MAX_ROW;

/** A row, and how many equal rows it stands for. */
export interface RepeatedRow extends SheetRow {
  repeated: number;
}

export class OdsRowCollector implements XmlCollector<RepeatedRow> {
  readonly items: RepeatedRow[] = [];
  /** Whether the sheet has been read to its end. */
  isAtEnd = false;
  readonly #position: number;
  readonly #where: string;
  readonly #empty: EmptyRows;
  readonly #merges: VerticalMerges;
  readonly #tracker: MergeTracker;
  readonly #text = new CellText();
  #tables = 0;
  /** Nesting of tables inside the sheet: a cell can hold a chart, and the chart a table. */
  #depth = 0;
  #nextRow = 1;
  #row: RepeatedRow | null = null;
  #column = 0;
  #cell: XmlAttributes | null = null;
  #repeatedCells = 0;

  /** @param where names file and sheet in errors */
  constructor(position: number, where: string) {
    this.#position = position;
    this.#where = where;
    this.#empty = new EmptyRows(where);
    this.#merges = new VerticalMerges(where);
    this.#tracker = new MergeTracker(this.#merges);
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === "document-content") refuseOtherPrefixes(attributes);
    const isWanted = name === "table" && this.#tables++ === this.#position;
    if (this.#cell !== null) this.#text.open(name, attributes);
    else if (name === "table") this.#depth += this.#depth > 0 || isWanted ? 1 : 0;
    else if (this.#depth === 1) this.#openInSheet(name, attributes);
  }

  text(text: string): void {
    if (this.#cell !== null) this.#text.add(text);
  }

  close(name: string): void {
    if (this.#cell !== null) {
      if (!this.#text.close(name)) return;
      this.#addCell(readOdsCell(this.#cell, this.#text.take()), this.#cell);
      this.#cell = null;
    } else if (name === "table" && this.#depth > 0) {
      this.#depth -= 1;
      this.isAtEnd ||= this.#depth === 0;
    } else if (name === "table-row" && this.#depth === 1) this.#endRow();
  }

  #openInSheet(name: string, attributes: XmlAttributes): void {
    if (name === "table-row") {
      const visibility = attributes["table:visibility"] ?? "visible";
      const repeated = repeats(attributes["table:number-rows-repeated"]);
      this.#row = { row: this.#nextRow, cells: [], hidden: visibility !== "visible", repeated };
      this.#column = 0;
    } else if ((name === "table-cell" || name === "covered-table-cell") && this.#row !== null) this.#cell = attributes;
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = null;
    if (row === null) return;
    this.#nextRow += row.repeated;
    if (row.cells.length === 0) return;
    if (this.#nextRow > MAX_ROW + 1) throw new Error(`it has more than ${grouped(MAX_ROW)} rows`);
    if (row.repeated > 1) this.#countRepeated(row.repeated * row.cells.length);
    const merged = this.#tracker.over(row.row, row.cells);
    this.items.push(merged === undefined ? row : { ...row, merged });
  }

  #addCell(cell: Cell, attributes: XmlAttributes): void {
    const { row, cells } = this.#row as RepeatedRow;
    const column = this.#column;
    const repeated = repeats(attributes["table:number-columns-repeated"]);
    this.#column += repeated;
    if (cell === null) {
      this.#empty.addCells(1);
      return;
    }
    if (this.#column > MAX_COLUMNS) throw tooManyColumns(this.#where, row, this.#column);
    if (column - cells.length > WIDE) this.#empty.addCells(column - cells.length);
    while (cells.length < column) cells.push(null);
    for (let count = 0; count < repeated; count++) cells.push(cell);
    const rows = repeats(attributes["table:number-rows-spanned"]);
    this.#merges.add({ column, reference: cellReference(column, row), firstRow: row, lastRow: row + rows - 1 });
  }

  #countRepeated(cells: number): void {
    this.#repeatedCells += cells;
    if (this.#repeatedCells <= MAX_REPEATED_CELLS) return;
    throw new InputError(
      `${this.#where} has more than ${grouped(MAX_REPEATED_CELLS)} cells in rows that repeat the row above`,
      "Delete the rows that are not to be imported, and save the file again.",
    );
  }
}

const PREFIXES = ["office", "table", "text"];

/** Attributes are read by their usual prefixes; with others, every cell would look like plain text. */
function refuseOtherPrefixes(attributes: XmlAttributes): void {
  for (const prefix of PREFIXES) {
    const namespace = `urn:oasis:names:tc:opendocument:xmlns:${prefix}:1.0`;
    if (attributes[`xmlns:${prefix}`] !== namespace) throw new Error(`the prefix ${prefix} does not mean ${namespace}`);
  }
}

/** A count of an attribute; 1 where it is absent or no count. */
function repeats(text: string | undefined): number {
  const count = Number(text ?? 1);
  return Number.isSafeInteger(count) && count >= 1 ? Math.min(count, MAX_ROW + 1) : 1;
}
