import { grouped } from "../grouped.ts";
import { CODE_COLUMN } from "../headings/import-columns.ts";
import type { RowFinding } from "./row-finding.ts";

/** A message lists at most this many row numbers. */
const ROWS_NAMED = 5;

interface Doubled {
  code: string;
  rows: number[];
  count: number;
}

/** The barangays that a file has in more than one row. All of these rows are rejected: none is known to be right. */
export class DoubledRows {
  readonly #doubled = new Map<number, Doubled>();
  readonly #describe: (row: number) => string;

  /** @param describe a row as messages name it */
  constructor(describe: (row: number) => string = String) {
    this.#describe = describe;
  }

  /**
   * Records a further row of a barangay.
   *
   * @param position position of the barangay in the index
   * @param first first row of the barangay
   */
  add(position: number, code: string, first: number, row: number): void {
    const doubled = this.#doubled.get(position) ?? { code, rows: [first], count: 1 };
    doubled.count += 1;
    if (doubled.rows.length < ROWS_NAMED) doubled.rows.push(row);
    this.#doubled.set(position, doubled);
  }

  /** One finding for the first row of each such barangay. */
  firstFindings(): RowFinding[] {
    return [...this.#doubled.keys()].map((position) => {
      const { rows } = this.#doubled.get(position) as Doubled;
      return this.findingOf(position, rows[0] as number) as RowFinding;
    });
  }

  /**
   * The finding for a row of this barangay; null where the barangay has one row only. Only that of the first row lists the
   * others, since it is asked for when all have been read.
   */
  findingOf(position: number, row: number): RowFinding | null {
    const doubled = this.#doubled.get(position);
    if (doubled === undefined) return null;
    const { code, rows, count } = doubled;
    const others = count > rows.length ? ` and ${grouped(count - rows.length)} more` : "";
    const same =
      row === rows[0]
        ? `rows ${rows.map(this.#describe).join(", ")}${others} have the same barangay`
        : `row ${this.#describe(rows[0] as number)} has the same barangay`;
    const message = `${same}; keep one of them`;
    return { row, column: CODE_COLUMN, code, value: code, message, kind: "doubled" };
  }
}
