import { InputError } from "../../errors.ts";
import type { ImportHeader } from "../../headings/import-header.ts";
import type { RowContext } from "../../headings/row-context.ts";
import {
  mayBeUnitHeading,
  UNIT_COLUMNS,
  type UnitColumn,
  type UnitNames,
  unitHeading,
} from "../../headings/unit-headings.ts";
import type { ImportRow, SourceRow } from "../import-row.ts";
import type { RowPlacer } from "../placing/row-placer.ts";
import type { RowFinding } from "../row-finding.ts";
import type { FigureCells } from "./figure-cells.ts";
import { isHeaderAgain, nameCellOf } from "./label-cells.ts";
import { type PassedOver, passedOver } from "./sifted-row.ts";
import type { TableTotals } from "./table-totals.ts";

/** A table whose rows are being read. */
export interface SiftedTable {
  header: ImportHeader;
  placer: RowPlacer;
  cells: FigureCells;
  context: RowContext;
  totals: TableTotals;
  /** The number of a row as the spreadsheet shows it. */
  shown: (row: number) => number;
}

/** Finds the rows that are headings: the header again, or the place of the rows below. */
export class HeadingRows {
  readonly #table: SiftedTable;

  constructor(table: SiftedTable) {
    this.#table = table;
  }

  /**
   * Passes a heading over and enters its place; null where the row is anything else.
   *
   * @throws InputError for the header of another table
   */
  pass(source: SourceRow, parsed: ImportRow): PassedOver | null {
    const { header, placer, cells, context, shown } = this.#table;
    const first = cells.firstText(source);
    const { text, isHeading } = nameCellOf(source, header);
    if (isHeading && !placer.mayName(parsed.names)) {
      if (isHeaderAgain(source, header)) {
        // A text above a header that is repeated is most likely the title of another list.
        if (context.textAbove !== null && this.#areNeeded()) context.leave(context.textAbove);
        return passedOver(source, "heading", first);
      }
      if (text !== "") throw otherHeader(header.file, shown(source.row));
    }
    if (mayBeUnitHeading(first)) return this.#labelled(source, parsed);
    if (!this.#areNeeded() || cells.textsOf(source).length !== 1 || cells.hasDigits(source)) return null;
    const units = placer.units.named(joinedLetters(first), parsed.names, context.isOfOneProvince);
    return units === null || placer.mayName(parsed.names) ? null : this.#enter(source, units, first);
  }

  /**
   * Enters the place that a sentence names ("LIST OF COMMUNITIES IN THE MUNICIPALITY OF DAMULOG"); null where it is a note.
   * Where it has the name of a unit in another manner, the rows below are in doubt.
   */
  passSentence(source: SourceRow, text: string): PassedOver | null {
    const { placer, context, shown } = this.#table;
    if (!this.#areNeeded() || this.#table.cells.hasDigits(source)) return null;
    const labelled = UNIT_IN_SENTENCE.exec(text)?.[0];
    const units = labelled === undefined ? null : placer.units.existing(unitHeading([labelled]) ?? {});
    if (units !== null && Object.keys(units).length > 0) return this.#enter(source, units, text);
    const doubt = { row: shown(source.row), text };
    const isNamed = text.split(PARTS).some((part) => part.trim() !== "" && placer.units.has(part.trim()));
    if (labelled !== undefined || isNamed) context.leave(doubt);
    else context.textAbove = doubt;
    return null;
  }

  /**
   * A text alone in its row may be meant as the heading of another municipality. Where only a heading can name the
   * municipality and that is not certain, the rows below are in doubt, and so is a barangay of the same name.
   */
  doubt(source: SourceRow, parsed: ImportRow): void {
    const { placer, cells, context, shown } = this.#table;
    if (!this.#areNeeded()) return;
    const texts = cells.textsOf(source);
    if (texts.length !== 1) return;
    const [text = ""] = texts;
    const isBarangay = placer.mayName(parsed.names);
    if (
      cells.hasDigits(source)
        ? !this.#mayBeAboveRows(text, parsed, isBarangay)
        : isBarangay && !this.#mayBeUnit(text, parsed)
    ) {
      return;
    }
    const doubt = { row: shown(source.row), text: text.trim() };
    if (context.isTitled) context.leave(doubt);
    else context.doubt(doubt);
    if (!isBarangay) return;
    const message = `may be a barangay, or the heading of the rows below; for a heading, write "Municipality of ${text.trim()}"`;
    const finding = { row: source.row, column: "barangay", code: "", value: text.slice(0, 100), message };
    parsed.findings.push({ ...finding, kind: "place-ambiguous" });
  }

  #mayBeUnit(text: string, { names }: ImportRow): boolean {
    return this.#table.placer.units.mayBe(text, names);
  }

  /**
   * Whether a name beside figures may be a heading with the total of the rows below it: the name of a municipality that is
   * no barangay of the one above, or of one that is not known yet.
   */
  #mayBeAboveRows(text: string, parsed: ImportRow, isBarangay: boolean): boolean {
    if (this.#table.context.isDoubted || (isBarangay && parsed.names.municipality !== "")) return false;
    return this.#mayBeUnit(text, parsed);
  }

  /** Whether only headings between the rows can name the municipality. */
  #areNeeded(): boolean {
    const { header, context } = this.#table;
    return header.codeIndex === -1 && header.nameIndexes.municipality === -1 && !context.isGiven;
  }

  /** A heading with a word for its level, such as "Municipality of Damulog". */
  #labelled(source: SourceRow, parsed: ImportRow): PassedOver | null {
    const { header, placer, cells, context } = this.#table;
    const texts = cells.textsOf(source);
    const units = unitHeading(texts);
    if (units === null || placer.mayName(parsed.names)) return null;
    const label = texts[0] as string;
    if (!cells.hasDigits(source)) return this.#enter(source, units, label);
    // In its own column, the name of the municipality of the rows above is beside their total.
    const isOwnColumn = UNIT_COLUMNS.some(
      (column) => units[column] !== undefined && (source.cells[header.nameIndexes[column]] ?? "").trim() !== "",
    );
    if (isOwnColumn && (context.isAbove(units) || parsed.names.barangay !== "")) return null;
    return this.#aboveOrBelow(source, units, label);
  }

  /** A heading with figures: they are the total of the rows above where they are their sums, otherwise of those below. */
  #aboveOrBelow(source: SourceRow, units: UnitNames, label: string): PassedOver {
    const { cells, context, totals } = this.#table;
    const figures = cells.readable(source);
    if (context.isIn(units) || totals.matchRows(figures)) {
      return totals.passTotal(source, cells, { text: label, isGrand: false, unit: "" });
    }
    const entered = this.#enter(source, units, label);
    const column = UNIT_COLUMNS.findLast((level) => units[level] !== undefined) as UnitColumn;
    totals.startAbove(column, label, source.row, figures);
    return entered;
  }

  #enter(source: SourceRow, units: UnitNames, label: string): PassedOver {
    const highest = UNIT_COLUMNS.find((column) => units[column] !== undefined) as UnitColumn;
    const { context, totals, placer } = this.#table;
    const warnings = totals.endAbove(highest);
    const given = context.given;
    if (given.municipality !== undefined && placer.units.differ(given, { ...given, ...units })) {
      warnings.push(notAsGiven(source.row, given.municipality, label, "counts for the rows below"));
    }
    context.enter(units);
    return { ...passedOver(source, "heading", label), warnings };
  }
}

/** A warning where the file names another municipality than the user. @param which what counts */
export function notAsGiven(row: number, given: string, text: string, which: string): RowFinding {
  const message = `names another municipality than --set municipality=${given}, and ${which}`;
  return { row, column: "municipality", code: "", value: text.trim().slice(0, 100), message, kind: "place-given" };
}

/** A word for a level within a sentence, and the name to its end. */
const UNIT_IN_SENTENCE =
  /\b(?:municipality|munisipyo|munisipalidad|bayan|city|lungsod|dakbayan|province|lalawigan|probins[iy]+a)\s+(?:of|ng|sa)\s+.+$/i;

/** What may stand before and after the name of a unit. */
const PARTS = /[,;:|()]|\s[-–—/]\s|\b(?:of|in|for|ng|sa|from)\b/i;

/** "D A M U L O G" */
function joinedLetters(text: string): string {
  return /^(?:\p{L}\s+){2,}\p{L}$/u.test(text.trim()) ? text.replace(/\s+/g, "") : text;
}

function otherHeader(file: string, row: number): InputError {
  return new InputError(
    `${file}, row ${row}: another header, with other columns than the first`,
    "Put each table on a sheet or in a file of its own, with one header.",
  );
}
