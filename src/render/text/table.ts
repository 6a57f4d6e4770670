import Table from "cli-table3";
import type { Style } from "./style.ts";

export interface Column<Row> {
  /** The heading, including the unit of measurement; may contain a line break. */
  head: string;
  cell: (row: Row) => string;
  /** "right" for numbers. */
  align: "left" | "right";
  /** For names: the number of characters to which a narrow terminal may truncate it; absent for never. */
  shortest?: number;
}

/** Without a terminal: fits a mail or a CI log, and every name fits in it. */
const WIDTH_OFF_TERMINAL = 160;

/** One blank on each side of a cell. */
const PADDING = 2;

/**
 * Draws a table that fits the terminal. Groups of columns that do not fit are drawn below as another table, which
 * repeats the key column. If a table is still too wide, names are truncated; figures never are. Each row is one line.
 */
export function tableLines<Row>(
  key: Column<Row>,
  groups: ReadonlyArray<ReadonlyArray<Column<Row>>>,
  rows: readonly Row[],
  style: Style,
): string[] {
  const width = style.width ?? WIDTH_OFF_TERMINAL;
  const natural = naturalWidths([key, ...groups.flat()], rows);
  const tables: Array<Array<Column<Row>>> = [];
  for (const group of groups) {
    const wider = [...(tables.at(-1) ?? [key]), ...group];
    if (tables.length > 0 && total(wider.map((column) => least(column, natural))) <= width)
      tables[tables.length - 1] = wider;
    else tables.push([key, ...group]);
  }
  return tables.flatMap((columns) => draw(columns, rows, shortened(columns, natural, width)));
}

/** The width that each column takes, with its padding. */
type Widths<Row> = ReadonlyMap<Column<Row>, number>;

/** The widths of the columns, reduced where the table is too wide and the column may be truncated. */
function shortened<Row>(columns: ReadonlyArray<Column<Row>>, natural: Widths<Row>, width: number): number[] {
  const widths = columns.map((column) => natural.get(column) ?? 0);
  for (const [index, column] of columns.entries()) {
    const excess = total(widths) - width;
    const whole = widths[index] ?? 0;
    if (excess > 0) widths[index] = Math.max(whole - excess, least(column, natural));
  }
  return widths;
}

function least<Row>(column: Column<Row>, natural: Widths<Row>): number {
  const whole = natural.get(column) ?? 0;
  return column.shortest === undefined ? whole : Math.min(whole, column.shortest + PADDING);
}

/** The width of the table, including a border before each column and after the last. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 1, 1);
}

/** The widths that cli-table3 computes, read from the upper border that it draws. */
function naturalWidths<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): Widths<Row> {
  const widths = blocksOf(rows).map((block) => {
    const [border = ""] = drawBlock(columns, columns, block, []);
    return border
      .slice(1, -1)
      .split("┬")
      .map(({ length }) => length);
  });
  return new Map(columns.map((column, index) => [column, Math.max(...widths.map((block) => block[index] ?? 0))]));
}

function draw<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[], colWidths: number[]): string[] {
  const [first = [], ...others] = blocksOf(rows);
  const drawn = drawBlock(columns, columns, first, colWidths);
  const below = others.flatMap((block) => drawBlock(columns, [], block, colWidths).slice(1, -1));
  return [...drawn.slice(0, -1), ...below, drawn.at(-1) ?? ""];
}

/** cli-table3 compares each cell with every row above it, so the time that it takes grows with the square of the rows. */
const ROWS_IN_A_BLOCK = 20;

/** The rows in groups; one empty group where there are none. */
function blocksOf<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.max(1, Math.ceil(rows.length / ROWS_IN_A_BLOCK));
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_IN_A_BLOCK, (index + 1) * ROWS_IN_A_BLOCK),
  );
}

/** @param headed the columns whose headings are drawn: all, or none */
function drawBlock<Row>(
  columns: ReadonlyArray<Column<Row>>,
  headed: ReadonlyArray<Column<Row>>,
  rows: readonly Row[],
  colWidths: number[],
): string[] {
  const table = new Table({
    head: headed.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align),
    colWidths,
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => columns.map(({ cell }) => cell(row))));
  return table.toString().split("\n");
}
