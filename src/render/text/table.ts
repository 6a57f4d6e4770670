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
  const tables: Array<Array<Column<Row>>> = [];
  for (const group of groups) {
    const wider = [...(tables.at(-1) ?? [key]), ...group];
    if (tables.length > 0 && leastWidth(wider, rows) <= width) tables[tables.length - 1] = wider;
    else tables.push([key, ...group]);
  }
  return tables.flatMap((columns) => draw(columns, rows, shortened(columns, rows, width)));
}

function leastWidth<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): number {
  const widths = naturalWidths(columns, rows).map((natural, index) =>
    Math.min(natural, least(columns[index], natural)),
  );
  return total(widths);
}

/** The widths of the columns, reduced where the table is too wide and the column may be truncated. */
function shortened<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[], width: number): number[] {
  const widths = naturalWidths(columns, rows);
  for (const [index, natural] of widths.entries()) {
    const excess = total(widths) - width;
    if (excess > 0) widths[index] = Math.max(natural - excess, Math.min(natural, least(columns[index], natural)));
  }
  return widths;
}

function least<Row>(column: Column<Row> | undefined, natural: number): number {
  return column?.shortest === undefined ? natural : column.shortest + PADDING;
}

/** The width of the table, including a border before each column and after the last. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 1, 1);
}

/** The widths that cli-table3 computes, read from the upper border that it draws. */
function naturalWidths<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]): number[] {
  const [border = ""] = draw(columns, rows, []);
  return border
    .slice(1, -1)
    .split("┬")
    .map(({ length }) => length);
}

function draw<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[], colWidths: number[]): string[] {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align),
    colWidths,
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => columns.map(({ cell }) => cell(row))));
  return table.toString().split("\n");
}
