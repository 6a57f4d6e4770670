/** Reads the rows of one sheet from its XML. */
import { grouped } from "../../core/grouped.ts";
import type { Cell } from "../../core/rows/sheet-cell.ts";
import { EmptyRows, WIDE } from "../empty-rows.ts";
import { MAX_COLUMNS, tooManyColumns } from "../table-row.ts";
import { columnIndex, dateCell, type SheetRow } from "../workbook/spreadsheet-cell.ts";
import { MergeTracker, type VerticalMerges } from "../workbook/vertical-merges.ts";
import type { XmlAttributes, XmlCollector } from "../workbook/xml-stream.ts";
import { TextRuns, unescapeControls } from "./xlsx-text.ts";
import type { SharedParts } from "./xlsx-workbook.ts";

/** Excel's own limit. */
const MAX_ROW = 1_048_576;

/**
 * Skips rows without values. The other rows keep the numbers that the spreadsheet shows.
 */
export class SheetRowCollector implements XmlCollector<SheetRow> {
  readonly items: SheetRow[] = [];
  readonly #shared: SharedParts;
  readonly #runs = new TextRuns();
  readonly #merges: MergeTracker;
  readonly #where: string;
  readonly #empty: EmptyRows;
  #row: SheetRow = { row: 0, cells: [], hidden: false };
  #column = -1;
  #type = "n";
  #style = 0;
  #value: string | null = null;
  #hasFormula = false;
  #inValue = false;
  #inInlineString = false;

  /** @param where names file and sheet in errors */
  constructor(shared: SharedParts, merges: VerticalMerges, where: string) {
    this.#shared = shared;
    this.#where = where;
    this.#empty = new EmptyRows(where);
    this.#merges = new MergeTracker(merges);
  }

  open(name: string, attributes: XmlAttributes): void {
    switch (name) {
      case "row":
        this.#row = {
          row: this.#rowNumber(attributes.r),
          cells: [],
          hidden: /^(1|true)$/.test(attributes.hidden ?? ""),
        };
        this.#column = -1;
        return;
      case "c":
        this.#column = attributes.r ? columnIndex(attributes.r) : this.#column + 1;
        if (this.#column < 0) throw new Error(`row ${this.#row.row} has a cell without a column: "${attributes.r}"`);
        this.#type = attributes.t ?? "n";
        this.#style = Number(attributes.s ?? 0);
        this.#value = null;
        this.#hasFormula = false;
        return;
      case "v":
        this.#inValue = true;
        this.#value = "";
        return;
      case "f":
        this.#hasFormula = true;
        return;
      case "is":
        this.#inInlineString = true;
        return;
      default:
        if (this.#inInlineString) this.#runs.open(name);
    }
  }

  text(text: string): void {
    if (this.#inValue) this.#value = (this.#value ?? "") + text;
    else if (this.#inInlineString) this.#runs.add(text);
  }

  close(name: string): void {
    switch (name) {
      case "v":
        this.#inValue = false;
        return;
      case "is":
        this.#inInlineString = false;
        this.#value = this.#runs.take();
        return;
      case "c":
        this.#addCell(this.#readCell());
        return;
      case "row":
        if (this.#row.cells.length > 0) this.#addRow();
        return;
      default:
        if (this.#inInlineString) this.#runs.close(name);
    }
  }

  /** Rows are in order, as ECMA-376 demands. */
  #rowNumber(text: string | undefined): number {
    const row = text === undefined ? this.#row.row + 1 : Number(text);
    if (row > MAX_ROW) throw new Error(`it has more than ${grouped(MAX_ROW)} rows`);
    if (Number.isInteger(row) && row > this.#row.row) return row;
    throw new Error(`row ${text} is after row ${this.#row.row}`);
  }

  #addRow(): void {
    const merged = this.#merges.over(this.#row.row, this.#row.cells);
    this.items.push(merged === undefined ? this.#row : { ...this.#row, merged });
  }

  #addCell(cell: Cell): void {
    if (cell === null) {
      this.#empty.addCells(1);
      return;
    }
    const { cells, row } = this.#row;
    if (this.#column >= MAX_COLUMNS) throw tooManyColumns(this.#where, row, this.#column + 1);
    if (this.#column - cells.length > WIDE) this.#empty.addCells(this.#column - cells.length);
    while (cells.length < this.#column) cells.push(null);
    cells[this.#column] = cell;
  }

  #readCell(): Cell {
    const value = this.#value;
    // Some programs write formulas without their results, or with an empty element in place of one. The cell must not be
    // imported as blank, unless the type says that the result is a text: that of =IF(A2>0,A2,"").
    if (value === null || (value === "" && this.#type !== "str")) {
      return this.#hasFormula ? { kind: "error", text: "(formula without a stored value)" } : null;
    }
    switch (this.#type) {
      case "s": {
        const text = this.#shared.sharedStrings[Number(value)];
        if (text === undefined) throw new Error(`row ${this.#row.row} refers to a shared string that does not exist`);
        return emptyToNull(text);
      }
      case "inlineStr":
        return emptyToNull(value);
      case "str":
        return emptyToNull(unescapeControls(value));
      case "b":
        return value.trim() === "1" || value.trim() === "true";
      case "e":
        return { kind: "error", text: value };
      case "d":
        return { kind: "date", serial: Date.parse(value) / 86_400_000, iso: value };
      default:
        return this.#readNumber(value);
    }
  }

  #readNumber(value: string): Cell {
    if (value.trim() === "") return null;
    const number = Number(value);
    if (Number.isNaN(number)) return { kind: "error", text: value };
    const shown = this.#shared.shownByStyle[this.#style];
    if (shown === "percentage") return { kind: "percentage", share: number };
    return shown === "date" ? dateCell(number, this.#shared.epoch1904) : number;
  }
}

function emptyToNull(text: string): string | null {
  return text === "" ? null : text;
}
