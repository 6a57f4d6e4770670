import type { RowValues } from "./dialect.ts";

/** Reads the values of the current row of a stream by the names of its columns. */
export class RowReader {
  readonly #positions = new Map<string, number>();
  #row: RowValues = [];

  begin(columns: readonly string[]): void {
    for (const [position, column] of columns.entries()) this.#positions.set(column, position);
  }

  turnTo(row: RowValues): void {
    this.#row = row;
  }

  /** A value by its column's name; null where there is no such column. */
  value(column: string): string | number | null {
    return this.#row[this.#positions.get(column) ?? -1] ?? null;
  }

  /** The values of `count` adjacent columns, from a named one on. */
  values(first: string, count: number): RowValues {
    const from = this.#positions.get(first) ?? 0;
    return this.#row.slice(from, from + count);
  }
}
