import Table from "cli-table3";
import type { Style } from "./style.ts";

export interface Column<Row> {
  /** What stands above it, its unit included; a line break where it may be two lines. */
  head: string;
  cell: (row: Row) => string;
  /** Numbers are set to the right. */
  align: "left" | "right";
  /** For names: to how many characters it may be cut where the terminal is too narrow. Without it never. */
  shortest?: number;
}

/** A mail or a log of CI takes this many, and every name fits. */
const WIDTH_OFF_TERMINAL = 160;

/** On both sides of a cell. */
const PADDING = 2;

/**
 * A table that fits the terminal. Groups of columns that do not fit beside those before them follow beneath, in a
 * table of their own with the first column again; then names are cut. Figures are never broken, and a row is one line.
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

/** The widths of the columns, names cut as far as the table has to become narrower. */
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

/** With a line before each column and one after the last. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + 1, 1);
}

/** As the library lays them out: its upper border shows them. */
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
