import { unitKey } from "../places/place-history.ts";
import type { NameColumn, PlaceNames } from "../places/place-resolver.ts";
import { UNIT_COLUMNS, type UnitColumn, type UnitNames } from "./unit-headings.ts";

/** What is known about the place of all rows of a table before they are read. */
export interface TableContext {
  /** As the user gave it, for columns that the file does not have. */
  given: UnitNames;
  /** As the titles above the table say. */
  titles: UnitNames;
  /** The name of the sheet, where several are read: it may be that of a municipality or province. */
  sheet: string | null;
}

export const NO_CONTEXT: TableContext = { given: {}, titles: {}, sheet: null };

/** A row that may be meant as the heading of another municipality: of which one the rows below are is not certain. */
export interface Doubt {
  /** As the spreadsheet shows it; null for a title above the table. */
  row: number | null;
  text: string;
}

/** No place has this name. */
const UNCERTAIN = "(uncertain)";

/** The units around a row that its own cells do not name. */
export class RowContext {
  readonly #given: UnitNames;
  readonly #sheet: UnitNames;
  #titles: UnitNames;
  #headings: UnitNames = {};
  #doubt: Doubt | null = null;
  /** A text since the last community or heading that was passed over as a note. */
  textAbove: Doubt | null = null;
  /** The municipality and the province of the last community, as it names them. */
  #above: UnitNames = {};
  /** Whether the last row was a signature, or one of the names and offices below it. */
  isBelowSignature = false;

  /** @param sheet the unit that the sheet is named after */
  constructor({ given, titles, sheet }: Record<"given" | "titles" | "sheet", UnitNames>) {
    this.#given = given;
    this.#sheet = sheet;
    this.#titles = titles;
  }

  /** Enters the units of a heading row. Those below it are no longer known. */
  enter(units: UnitNames): void {
    const highest = UNIT_COLUMNS.findIndex((column) => units[column] !== undefined);
    const above = UNIT_COLUMNS.slice(0, highest);
    this.#headings = { ...only(this.#headings, above), ...units };
    this.#titles = only(this.#titles, above);
    this.isBelowSignature = false;
    this.textAbove = null;
  }

  /** Goes on below a community. */
  pass({ province, municipality }: PlaceNames): void {
    this.#above = { province, municipality };
    this.isBelowSignature = false;
    this.textAbove = null;
  }

  /** Whether the last community is of these units, or none was read yet. */
  isAbove(units: UnitNames): boolean {
    return UNIT_COLUMNS.every((column) => {
      const [unit, above] = [units[column], this.#above[column]];
      return unit === undefined || above === undefined || unitKey(unit) === unitKey(above);
    });
  }

  /** Marks the municipality of the heading rows as no longer certain: the rows below are refused, not guessed. */
  leave(doubt: Doubt): void {
    if (this.#headings.municipality !== undefined) this.doubt(doubt);
  }

  /** The same where no heading row named one yet. */
  doubt(doubt: Doubt): void {
    this.#headings = { ...this.#headings, municipality: UNCERTAIN };
    this.#doubt = doubt;
  }

  get isDoubted(): boolean {
    return this.#headings.municipality === UNCERTAIN;
  }

  /** The units that the user gave for all rows. */
  get given(): UnitNames {
    return this.#given;
  }

  /** Whether the whole table is of one province. */
  get isOfOneProvince(): boolean {
    return (this.#given.province ?? this.#sheet.province ?? this.#titles.province) !== undefined;
  }

  /** Whether the user, or the name of the sheet, gives the municipality of all rows. */
  get isGiven(): boolean {
    return (this.#given.municipality ?? this.#sheet.municipality) !== undefined;
  }

  /** Whether these are the units that a heading row named last. */
  isIn(units: UnitNames): boolean {
    return UNIT_COLUMNS.every(
      (column) => units[column] === undefined || units[column]?.toLowerCase() === this.#headings[column]?.toLowerCase(),
    );
  }

  /** Whether a title names the municipality of all rows. */
  get isTitled(): boolean {
    return this.#titles.municipality !== undefined;
  }

  /**
   * The names of a row with those of the units around it. Its own names count more than those of a heading row, and these
   * more than what is said about the whole table. A code says more than a title.
   *
   * @param nameIndexes -1 for each column that the table does not have
   * @returns also `around`: the names that the file says elsewhere than in the row; and why the municipality is not certain
   */
  fill(
    names: PlaceNames,
    hasCode: boolean,
    nameIndexes: Readonly<Record<NameColumn, number>>,
  ): { names: PlaceNames; around: UnitNames; doubt: Doubt | null } {
    const filled = { ...names };
    const around: UnitNames = {};
    for (const column of UNIT_COLUMNS) {
      if (filled[column] !== "") continue;
      // The office's own region in a title says nothing about rows that name their province.
      const isNamed = nameIndexes[column] !== -1 || (column === "region" && filled.province !== "");
      const given = isNamed ? undefined : this.#given[column];
      const ofFile =
        this.#headings[column] ?? (isNamed || given !== undefined ? undefined : this.#ofTable(column, hasCode));
      filled[column] = ofFile ?? given ?? "";
      if (ofFile !== undefined && ofFile !== UNCERTAIN) around[column] = ofFile;
    }
    return { names: filled, around, doubt: filled.municipality === UNCERTAIN ? this.#doubt : null };
  }

  #ofTable(column: UnitColumn, hasCode: boolean): string | undefined {
    return this.#sheet[column] ?? (hasCode ? undefined : this.#titles[column]);
  }
}

function only(units: UnitNames, columns: readonly UnitColumn[]): UnitNames {
  return Object.fromEntries(Object.entries(units).filter(([column]) => columns.some((kept) => kept === column)));
}
