import { isField, MAX_COVERAGE_FIGURE } from "../../fields.ts";
import type { ImportHeader } from "../../headings/import-header.ts";
import { type NotAvailable, type Parsed, parseFigure } from "../../records/parse-value.ts";
import type { ImportRow, SourceRow } from "../import-row.ts";

/** One for each field of a table, in the order of its columns; null where a cell is empty. */
export type Figures = ReadonlyArray<number | null>;

const LETTER = /\p{L}/u;

interface FieldColumn {
  name: string;
  /** Of the cell in a row. */
  index: number;
  /** Among the header's columns. */
  position: number;
}

/** Tells the figures of a row from its texts, by the columns of the header. */
export class FigureCells {
  readonly #notAvailable: NotAvailable;
  readonly #fields: readonly FieldColumn[];
  /** By position of a cell. */
  readonly #isField: boolean[] = [];

  constructor({ columns }: Pick<ImportHeader, "columns">, notAvailable: NotAvailable) {
    this.#notAvailable = notAvailable;
    this.#fields = columns.flatMap(({ name, index }, position) => (isField(name) ? [{ name, index, position }] : []));
    for (const { index } of this.#fields) if (index !== -1) this.#isField[index] = true;
  }

  /** The names of the fields. */
  get names(): string[] {
    return this.#fields.map(({ name }) => name);
  }

  /** The figures of a community. */
  ofCommunity({ values }: Pick<ImportRow, "values">): Figures {
    return this.#fields.map(({ position }) => (values[position] ?? null) as number | null);
  }

  /** Those of a row that may be a total; null where a cell of a field holds anything else. */
  ofTotal({ cells }: SourceRow): Figures | null {
    const read = this.#fields.map(({ index }) => this.#parse(cells[index]));
    return read.some(({ problem }) => problem !== null) ? null : read.map(({ value }) => value);
  }

  /** The same; a cell that is no figure counts as empty. */
  readable({ cells }: SourceRow): Figures {
    return this.#fields.map(({ index }) => this.#parse(cells[index]).value);
  }

  /** The cells of fields that hold anything but a figure. */
  unreadable({ cells }: SourceRow): Array<{ column: string; value: string }> {
    return this.#fields.flatMap(({ name, index }) => {
      const value = (cells[index] ?? "").trim();
      return this.#parse(value).problem === null ? [] : [{ column: name, value }];
    });
  }

  /** The cell of a field as written. @param position of the field in `names` */
  textAt({ cells }: SourceRow, position: number): string {
    return (cells[this.#fields[position]?.index ?? -1] ?? "").trim();
  }

  hasDigits({ cells }: SourceRow): boolean {
    return this.#fields.some(({ index }) => /\d/.test(cells[index] ?? ""));
  }

  /** The texts of a row that are no figures. */
  textsOf({ cells }: SourceRow): string[] {
    return cells.filter((cell, column) => !this.#isField[column] && LETTER.test(cell));
  }

  /** The first of them; "" where there is none. */
  firstText({ cells }: SourceRow): string {
    const first = cells.findIndex((cell, column) => !this.#isField[column] && LETTER.test(cell));
    return first === -1 ? "" : (cells[first] as string).trim();
  }

  /** A total may be larger than the figure of a community. */
  #parse(cell = ""): Parsed<number | null> {
    return parseFigure(cell, { max: MAX_COVERAGE_FIGURE, notAvailable: this.#notAvailable });
  }
}
