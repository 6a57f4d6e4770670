import { InputError } from "../core/errors.ts";
import { grouped } from "../core/grouped.ts";

/** As many rows as a sheet of a spreadsheet has. */
const MAX_EMPTY_ROWS = 1_048_576;
/** A hundred for each barangay of the Philippines. A workbook also stores an empty cell that has a border or a colour. */
const MAX_EMPTY_CELLS = 4 * MAX_EMPTY_ROWS;

/** More empty cells beside each other than a list has columns. */
export const WIDE = 100;

/**
 * Counts what holds no value in a file. Without a limit, a compressed file of a few megabytes could hold hundreds of millions
 * of empty rows, which take minutes to read.
 */
export class EmptyRows {
  readonly #where: string;
  #rows = 0;
  #cells = 0;

  /** @param where names the file, and the sheet of a workbook */
  constructor(where: string) {
    this.#where = where;
  }

  /** @throws InputError if there are too many */
  addRow(): void {
    this.#rows += 1;
    if (this.#rows > MAX_EMPTY_ROWS) throw this.#tooMany(MAX_EMPTY_ROWS, "rows");
  }

  /** @throws InputError if there are too many */
  addCells(count: number): void {
    this.#cells += count;
    if (this.#cells > MAX_EMPTY_CELLS) throw this.#tooMany(MAX_EMPTY_CELLS, "cells");
  }

  #tooMany(limit: number, what: "rows" | "cells"): InputError {
    return new InputError(
      `${this.#where} has more than ${grouped(limit)} ${what} without a value`,
      "Delete the empty rows and columns, and save the file again.",
    );
  }
}
