import type { ImportHeader } from "../../headings/import-header.ts";
import { RowContext } from "../../headings/row-context.ts";
import { type UnitNames, unitHeading } from "../../headings/unit-headings.ts";
import type { RowRules, SourceRow } from "../import-row.ts";
import type { RowPlacer } from "../placing/row-placer.ts";
import type { RowFinding } from "../row-finding.ts";
import { ROWS_OF_A_SHEET } from "../sheet-rows.ts";
import { FigureCells } from "./figure-cells.ts";
import { notAsGiven } from "./heading-rows.ts";
import type { SiftedRow } from "./sifted-row.ts";
import { TableSieve } from "./table-sieve.ts";
import { TableTotals } from "./table-totals.ts";

export interface SieveOptions {
  rules: RowRules;
  placer: RowPlacer;
  /** Whether to pass over rows that are no community. */
  skipsTotals: boolean;
}

/** What the rows of a table have in common. JSON lines may get a header with more columns. */
interface OpenTable {
  context: RowContext;
  totals: TableTotals;
}

/**
 * Tells communities from totals, notes and blank rows, one row at a time in the order of the file. A row that has a
 * barangay's code or name is always a community, and so is a row that is not certainly something else.
 */
export class RowSieve {
  readonly #options: SieveOptions;
  #header: ImportHeader | null = null;
  /** The table that is being read; a file has several where several sheets are read. */
  #table: OpenTable | null = null;
  #sieve: TableSieve | null = null;
  /** The warnings of the tables before it that are known only at their end. */
  #later: RowFinding[] = [];

  constructor(options: SieveOptions) {
    this.#options = options;
  }

  /** Forgets the rows so far, before the file is read again. */
  startOver(): void {
    this.#header = null;
    this.#table = null;
    this.#sieve = null;
    this.#later = [];
  }

  /** The warnings that are known only at the end of the file. */
  finish(): RowFinding[] {
    return [...this.#later, ...(this.#table?.totals.endAbove(null) ?? [])];
  }

  /** @throws InputError for a row that is the header of another table */
  sift(source: SourceRow, header: ImportHeader): SiftedRow {
    if (this.#sieve === null || this.#header !== header) this.#sieve = this.#sieveBelow(header, source);
    return this.#sieve.sift(source);
  }

  /** Tells that the community sifted last is a bad row. */
  reject(row: number): void {
    this.#sieve?.reject(row);
  }

  #sieveBelow(header: ImportHeader, source: SourceRow): TableSieve {
    const { placer, rules } = this.#options;
    const cells = new FigureCells(header, rules.notAvailable);
    const shown = header.context.sheet === null ? (row: number) => row : shownRow;
    if (this.#table === null || header.context !== this.#header?.context) {
      this.#later = this.finish();
      const { context, warnings } = openContext(header, placer, source.row);
      this.#later.push(...warnings);
      this.#table = { context, totals: new TableTotals(cells.names, shown) };
    }
    this.#header = header;
    return new TableSieve({ header, placer, cells, shown, ...this.#table }, this.#options);
  }
}

/**
 * What is known about the place of all rows of a table. The name of its sheet and its titles may name different
 * municipalities: then that of its rows is in doubt; a user who gives one is warned.
 *
 * @param row number of the first row of the table
 */
function openContext(
  { context: { given, titles, sheet }, row: header }: ImportHeader,
  { units }: RowPlacer,
  row: number,
): { context: RowContext; warnings: RowFinding[] } {
  const ofSheet = (sheet === null ? null : unitsOfSheet(sheet, given, units)) ?? {};
  const ofTitles = units.existing(titles);
  const context = new RowContext({ given, titles: ofTitles, sheet: ofSheet });
  const { municipality } = given;
  const said = [
    { names: ofSheet, text: sheet ?? "" },
    { names: ofTitles, text: ofTitles.municipality ?? "" },
  ].filter(({ names }) => names.municipality !== undefined);
  if (municipality !== undefined) {
    const others = said.filter(({ names }) => units.differ(given, { ...names, ...provinceOf(given) }));
    const first = row - shownRow(row) + header;
    return { context, warnings: others.map(({ text }) => notAsGiven(first, municipality, text, "does not count")) };
  }
  if (units.differ({ ...provinceOf(given), ...ofSheet }, { ...provinceOf(given), ...ofTitles })) {
    context.doubt({ row: null, text: ofTitles.municipality ?? "" });
  }
  return { context, warnings: [] };
}

function provinceOf({ province }: UnitNames): UnitNames {
  return province === undefined ? {} : { province };
}

function shownRow(row: number): number {
  return row % ROWS_OF_A_SHEET;
}

/** The municipality or province that a sheet is named after; null where that is not certain. */
function unitsOfSheet(sheet: string, given: UnitNames, units: RowPlacer["units"]): UnitNames | null {
  const name = sheet.replace(/^\s*\d+\s*[.)-]\s*/, "").trim();
  const { region = "", province = "" } = given;
  const around = { region, province, municipality: "", barangay: "" };
  return unitHeading([name]) ?? units.named(name, around, province !== "");
}
