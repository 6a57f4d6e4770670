import type { RowValues } from "../dialect/statements.ts";

/** Reads values of a stream's current row by column name. */
export class RowReader {
  readonly #positions = new Map<string, number>();
  #row: RowValues = [];

  begin(columns: readonly string[]): void {
    for (const [position, column] of columns.entries()) this.#positions.set(column, position);
  }

  turnTo(row: RowValues): void {
    this.#row = row;
  }

  /** The value of a column; null if there is no such column. */
  value(column: string): string | number | null {
    return this.#row[this.#positions.get(column) ?? -1] ?? null;
  }

  /** The values of `count` adjacent columns, starting with the column `first`. */
  values(first: string, count: number): RowValues {
    const from = this.#positions.get(first) ?? 0;
    return this.#row.slice(from, from + count);
  }
}
