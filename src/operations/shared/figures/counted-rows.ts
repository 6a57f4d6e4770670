import type { FigureLevel, FigureRow } from "../../../core/figures/figure-row.ts";

/** The rows of a level, counted as they are read, once. */
class CountedRows implements AsyncIterable<FigureRow> {
  readonly level: FigureLevel;
  rows = 0;
  manual = 0;
  archived = 0;
  readonly #iterator: AsyncIterator<FigureRow>;
  #first: Promise<IteratorResult<FigureRow>> | null = null;

  constructor(level: FigureLevel, rows: AsyncIterable<FigureRow>) {
    this.level = level;
    this.#iterator = rows[Symbol.asyncIterator]();
  }

  /** Whether there is no row. The first one is read for this and not lost. */
  async isEmpty(): Promise<boolean> {
    this.#first ??= this.#iterator.next();
    return (await this.#first).done === true;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FigureRow> {
    for (let next = await (this.#first ?? this.#iterator.next()); !next.done; next = await this.#iterator.next()) {
      this.#count(next.value);
      yield next.value;
    }
  }

  /** Ends the query, if it has not ended: a transaction of SQLite cannot end before. */
  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  #count({ values }: FigureRow): void {
    this.rows += 1;
    if (values.auto_sync === false) this.manual += 1;
    if (values.is_deleted === true) this.archived += 1;
  }
}

export type { CountedRows };

/** Gives `use` the rows of each level, and closes them in the end, however it ends. */
export async function withCountedRows<T>(
  levels: readonly FigureLevel[],
  rowsOf: (level: FigureLevel) => AsyncIterable<FigureRow>,
  use: (rows: CountedRows[]) => Promise<T>,
): Promise<T> {
  const all = levels.map((level) => new CountedRows(level, rowsOf(level)));
  try {
    return await use(all);
  } finally {
    for (const rows of all) await rows.close();
  }
}
