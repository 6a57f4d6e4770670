import type { ImportHeader } from "../../headings/import-header.ts";
import { RowContext, type TableContext } from "../../headings/row-context.ts";
import { type UnitNames, unitHeading } from "../../headings/unit-headings.ts";
import type { RowRules, SourceRow } from "../import-row.ts";
import type { RowPlacer } from "../placing/row-placer.ts";
import type { RowFinding } from "../row-finding.ts";
import { ROWS_OF_A_SHEET } from "../sheet-rows.ts";
import { FigureCells } from "./figure-cells.ts";
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
    if (this.#sieve === null || this.#header !== header) this.#sieve = this.#sieveBelow(header);
    return this.#sieve.sift(source);
  }

  #sieveBelow(header: ImportHeader): TableSieve {
    const { placer, rules } = this.#options;
    const cells = new FigureCells(header, rules.notAvailable);
    const shown = header.context.sheet === null ? (row: number) => row : (row: number) => row % ROWS_OF_A_SHEET;
    if (this.#table === null || header.context !== this.#header?.context) {
      this.#later = this.finish();
      const context = contextOf(header.context, placer);
      this.#table = { context, totals: new TableTotals(cells.names, shown) };
    }
    this.#header = header;
    return new TableSieve({ header, placer, cells, shown, ...this.#table }, this.#options);
  }
}

function contextOf({ given, titles, sheet }: TableContext, { units }: RowPlacer): RowContext {
  const ofSheet = sheet === null ? null : unitsOfSheet(sheet, given, units);
  return new RowContext({ given, titles: units.existing(titles), sheet: ofSheet ?? {} });
}

/** The municipality or province that a sheet is named after; null where that is not certain. */
function unitsOfSheet(sheet: string, given: UnitNames, units: RowPlacer["units"]): UnitNames | null {
  const name = sheet.replace(/^\s*\d+\s*[.)-]\s*/, "").trim();
  const { region = "", province = "" } = given;
  const around = { region, province, municipality: "", barangay: "" };
  return unitHeading([name]) ?? units.named(name, around, province !== "");
}
