import { InputError } from "../errors.ts";
import { isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { squeezeHeading } from "../headings/heading-words.ts";
import type { ImportHeader } from "../headings/import-header.ts";
import { NO_CONTEXT, RowContext, type TableContext } from "../headings/row-context.ts";
import {
  mayBeUnitHeading,
  UNIT_COLUMNS,
  type UnitColumn,
  type UnitNames,
  unitHeading,
} from "../headings/unit-headings.ts";
import type { PlaceNames } from "../places/place-resolver.ts";
import { type Parsed, parseFigure } from "../records/parse-value.ts";
import type { PassedKind, PassedRow } from "../records/passed-rows.ts";
import { type BlockSum, BlockSums, differing } from "./block-sums.ts";
import { type ImportRow, parseImportRow, type RowRules, type SourceRow } from "./import-row.ts";
import type { RowFinding } from "./row-finding.ts";
import type { RowPlacer } from "./row-placer.ts";
import { isGrandTotal, isNoteLine, isSentence, isSignatureLine, isTotalLabel } from "./row-words.ts";
import { ROWS_OF_A_SHEET } from "./sheet-rows.ts";
import { TotalsAbove } from "./totals-above.ts";

/** A row of a file: a community, or passed over. */
export type Sifted = { passed: null; parsed: ImportRow } | Passed;

interface Passed {
  passed: PassedRow;
  /** Totals that differ from the rows. */
  warnings: RowFinding[];
}

/** A label that is none of a total's words must stand below as many rows as this to be one. */
const LEAST_SUMMED = 2;

/**
 * Tells communities from totals, notes and blank rows, one row at a time in the order of the file. A row that has a
 * barangay's code or name is always a community, and so is a row that is not certainly something else.
 */
export class RowSieve {
  readonly #rules: RowRules;
  readonly #placer: RowPlacer;
  readonly #skipsTotals: boolean;
  #context = new RowContext(NO_CONTEXT);
  /** The table that is being read; a file has several where several sheets are read. */
  #table: TableContext = NO_CONTEXT;
  #later: RowFinding[] = [];
  #fields: FieldColumn[] = [];
  /** By position of a cell. */
  #isField: boolean[] = [];
  #header: ImportHeader | null = null;
  #sums = new BlockSums(0);
  #above = new TotalsAbove();
  #belowSignature = false;

  constructor({ rules, placer, skipsTotals }: SieveOptions) {
    this.#rules = rules;
    this.#placer = placer;
    this.#skipsTotals = skipsTotals;
  }

  /** Forgets the rows so far, before the file is read again. */
  startOver(): void {
    this.#header = null;
    this.#fields = [];
    this.#later = [];
    this.#startTable(NO_CONTEXT);
  }

  /** The warnings that are known only at the end of the file. */
  finish(): RowFinding[] {
    return [...this.#later, ...this.#above.end(null, this.#fieldNames())];
  }

  #fieldNames(): string[] {
    return this.#fields.map(({ name }) => name);
  }

  sift(source: SourceRow, header: ImportHeader): Sifted {
    this.#take(header);
    const parsed = parseImportRow(source, header, this.#rules);
    const hasCode = this.#placer.hasCode(parsed.code);
    const own = parsed.names;
    parsed.names = this.#context.fill(own, hasCode, header.nameIndexes);
    if (this.#skipsTotals && !hasCode && source.problem === undefined) {
      const passed = this.#heading(source, parsed, header) ?? this.#passed(source, parsed, own, header);
      if (passed !== null) return passed;
      if (this.#needsHeadings(header)) this.#doubt(source, parsed);
    }
    this.#belowSignature = false;
    const figures = this.#fields.map(({ position }) => (parsed.values[position] ?? null) as number | null);
    this.#sums.add(source.row, figures);
    this.#above.add(source.row, figures);
    return { passed: null, parsed };
  }

  #take(header: ImportHeader): void {
    if (this.#header === header) return;
    const isOther = header.context !== this.#table;
    if (isOther) this.#later = this.finish();
    this.#header = header;
    this.#fields = header.columns.flatMap(({ name, index }, position) =>
      isField(name) ? [{ name, index, position }] : [],
    );
    this.#isField = [];
    for (const { index } of this.#fields) if (index !== -1) this.#isField[index] = true;
    // A later header of NDJSON is of the same table, with the same columns in the same order.
    if (isOther || this.#sums.width !== this.#fields.length) this.#startTable(header.context);
  }

  #startTable(table: TableContext): void {
    const { given, titles, sheet } = table;
    const ofSheet = sheet === null ? null : unitsOfSheet(sheet, given, this.#placer);
    this.#table = table;
    this.#context = new RowContext({ given: { ...ofSheet, ...given }, titles: this.#placer.existing(titles) });
    this.#sums = new BlockSums(this.#fields.length);
    this.#above = new TotalsAbove((row) => this.#shown(row));
    this.#belowSignature = false;
  }

  #shown(row: number): number {
    return this.#table.sheet === null ? row : row % ROWS_OF_A_SHEET;
  }

  /** The header again, or the place of the rows below. */
  #heading(source: SourceRow, parsed: ImportRow, header: ImportHeader): Passed | null {
    const first = this.#firstText(source);
    const { text, isHeading } = nameCellOf(source, header);
    if (isHeading && !this.#placer.mayName(parsed.names)) {
      if (isHeaderAgain(source, header)) return passed(source, "heading", first);
      if (text !== "") throw otherHeader(this.#shown(source.row));
    }
    if (mayBeUnitHeading(first)) return this.#unitHeading(source, parsed, header);
    if (!this.#needsHeadings(header) || this.#textsOf(source).length !== 1 || this.#hasDigits(source)) return null;
    const units = this.#unitsNamed(first, parsed);
    return units === null || this.#placer.mayName(parsed.names) ? null : this.#enter(source, units, first);
  }

  #unitsNamed(text: string, { names }: ImportRow): UnitNames | null {
    return this.#placer.unitsNamed(text, names, this.#context.isOfOneProvince);
  }

  #firstText({ cells }: SourceRow): string {
    const first = cells.findIndex((cell, column) => !this.#isField[column] && LETTER.test(cell));
    return first === -1 ? "" : (cells[first] as string).trim();
  }

  /** The texts of a row that are no figures. */
  #textsOf({ cells }: SourceRow): string[] {
    return cells.filter((cell, column) => !this.#isField[column] && LETTER.test(cell));
  }

  /** Whether only headings between the rows can name the municipality. */
  #needsHeadings({ codeIndex, nameIndexes }: ImportHeader): boolean {
    return codeIndex === -1 && nameIndexes.municipality === -1 && !this.#context.isGiven;
  }

  #unitHeading(source: SourceRow, parsed: ImportRow, header: ImportHeader): Passed | null {
    const texts = this.#textsOf(source);
    const units = unitHeading(texts);
    if (units === null || this.#placer.mayName(parsed.names)) return null;
    const label = texts[0] as string;
    if (!this.#hasDigits(source)) return this.#enter(source, units, label);
    // In its own column, the name of a municipality beside figures is that of a total of the rows above.
    const isOwnColumn = UNIT_COLUMNS.some(
      (column) => units[column] !== undefined && (source.cells[header.nameIndexes[column]] ?? "").trim() !== "",
    );
    if (isOwnColumn) return null;
    const totals = this.#readable(source);
    const column = UNIT_COLUMNS.findLast((level) => units[level] !== undefined) as UnitColumn;
    const isBelow = this.#context.isIn(units) || this.#sums.equalTo(totals, LEAST_SUMMED) !== null;
    if (isBelow) return this.#total(source, false, label);
    const entered = this.#enter(source, units, label);
    this.#above.start(column, label, source.row, totals);
    return entered;
  }

  #enter(source: SourceRow, units: UnitNames, label: string): Passed {
    const highest = UNIT_COLUMNS.find((column) => units[column] !== undefined) as UnitColumn;
    const warnings = this.#above.end(highest, this.#fieldNames());
    this.#context.enter(units);
    this.#belowSignature = false;
    return { ...passed(source, "heading", label), warnings };
  }

  /**
   * A text alone in its row may be meant as the heading of another municipality. Where that is not certain, the rows below
   * are in doubt, and so is a barangay of the same name.
   */
  #doubt(source: SourceRow, parsed: ImportRow): void {
    const texts = this.#textsOf(source);
    if (texts.length !== 1 || this.#hasDigits(source)) return;
    const [text = ""] = texts;
    const isBarangay = this.#placer.mayName(parsed.names);
    if (isBarangay && !this.#placer.mayBeUnit(text, parsed.names)) return;
    if (this.#context.isTitled) this.#context.leave();
    else this.#context.doubt();
    if (!isBarangay) return;
    const message = `may be a barangay, or the heading of the rows below; for a heading, write "Municipality of ${text.trim()}"`;
    const finding = { row: source.row, column: "barangay", code: "", value: text.slice(0, 100), message };
    parsed.findings.push({ ...finding, kind: "place-ambiguous" });
  }

  #passed(source: SourceRow, parsed: ImportRow, own: PlaceNames, header: ImportHeader): Passed | null {
    const hasName = own.barangay !== "" || codeCellOf(source, header) !== "";
    const labels = labelsOf(source, own, header, hasName);
    const isTotal = labels.some(isTotalLabel);
    const isNote = labels.some((label) => isSignatureLine(label) || isNoteLine(label) || isSentence(label));
    // The usual row: it names a barangay, and nothing in it looks like a label.
    if (hasName && !isTotal && !isNote && !this.#belowSignature && !own.barangay.startsWith("(")) {
      return this.#asUnitTotal(source, parsed, header);
    }
    if (isMergedBarangay(source, header)) return null;
    const label = labels[0] ?? "";
    if (this.#placer.mayName(parsed.names)) {
      // "TOTAL" in front of "15" is a count of barangays more likely than Barangay 15.
      if (isTotalLabel(label) && label !== own.barangay) parsed.findings.push(totalOrBarangay(source, label, own));
      return null;
    }
    if (isColumnNumbers(source)) return passed(source, "heading", label);
    if (isTotal && !hasCellsBeyond(source, header)) {
      return this.#total(source, labels.some(isGrandTotal), labels.find(isTotalLabel) as string);
    }
    if (this.#hasDigits(source)) {
      return hasName || !hasNoText(source, header) ? null : this.#asEqual(source, this.#figuresOf(source), label);
    }
    if (isNote || this.#belowSignature) {
      if (!isNote) this.#context.leave();
      this.#belowSignature ||= labels.some(isSignatureLine);
      return passed(source, "note", label);
    }
    if (hasName || !hasNoText(source, header)) return null;
    const texts = source.cells.filter((cell) => cell.trim() !== "").length;
    return passed(source, texts === 1 && /\p{L}/u.test(label) ? "note" : "blank", label);
  }

  /** A row with the name of a province or municipality in place of a barangay, and the sums of the rows above. */
  #asUnitTotal(source: SourceRow, parsed: ImportRow, header: ImportHeader): Passed | null {
    const { names, values, findings } = parsed;
    if (names.barangay === "" || findings.length > 0 || !hasNoText(source, header)) return null;
    const figures = this.#fields.map(({ position }) => (values[position] ?? null) as number | null);
    // Compare the figures first: to look the name up takes longer, and this is done for every row.
    if (!this.#isSum(figures) || this.#placer.mayName(names) || !this.#placer.isUnit(names.barangay)) return null;
    return this.#asEqual(source, figures, names.barangay);
  }

  #isSum(figures: Figures): boolean {
    return (
      figures.some((figure) => figure !== null && figure > 0) && this.#sums.equalTo(figures, LEAST_SUMMED) !== null
    );
  }

  #asEqual(source: SourceRow, figures: Figures | null, label: string): Passed | null {
    if (figures === null || !this.#isSum(figures)) return null;
    const block = this.#sums.equalTo(figures, LEAST_SUMMED) as BlockSum;
    this.#sums.end(block.level);
    return passed(source, "total", label);
  }

  #total(source: SourceRow, isGrand: boolean, label: string): Passed {
    const totals = this.#readable(source);
    const block = this.#sums.equalTo(totals, 1) ?? this.#sums.nearestTo(totals, isGrand);
    if (block === null) this.#above.start(null, label, source.row, totals);
    const warnings = block === null ? [] : this.#differences(source, totals, block, label);
    if (block !== null && totals.some((total) => total !== null)) this.#sums.end(block.level);
    return { ...passed(source, "total", label), warnings };
  }
  #differences({ row, cells }: SourceRow, totals: Figures, block: BlockSum, label: string): RowFinding[] {
    const rows =
      block.rows === 1
        ? `row ${this.#shown(block.firstRow)} has`
        : `rows ${this.#shown(block.firstRow)} to ${this.#shown(block.lastRow)} sum to`;
    return differing(block, totals).map((position) => {
      const { name, index } = this.#fields[position] as FieldColumn;
      const message = `${label.trim().slice(0, 60)} is ${grouped(totals[position] as number)}, but ${rows} ${grouped(block.sums[position] as number)}`;
      return {
        row,
        column: name,
        code: "",
        value: (cells[index] ?? "").trim().slice(0, 100),
        message,
        kind: "total-differs",
      };
    });
  }

  /** One for each field; null where a cell is none. */
  #figuresOf({ cells }: SourceRow): Figures | null {
    const read = this.#fields.map(({ index }) => this.#parse(cells[index]));
    return read.some(({ problem }) => problem !== null) ? null : read.map(({ value }) => value);
  }

  /** The same; a cell that is no figure counts as empty. */
  #readable({ cells }: SourceRow): Figures {
    return this.#fields.map(({ index }) => this.#parse(cells[index]).value);
  }

  /** A total may be larger than the figure of a community. */
  #parse(cell = ""): Parsed<number | null> {
    return parseFigure(cell, { max: MAX_COVERAGE_FIGURE, notAvailable: this.#rules.notAvailable });
  }

  #hasDigits({ cells }: SourceRow): boolean {
    return this.#fields.some(({ index }) => /\d/.test(cells[index] ?? ""));
  }
}

interface SieveOptions {
  rules: RowRules;
  placer: RowPlacer;
  /** Whether to pass over rows that are no community. */
  skipsTotals: boolean;
}

interface FieldColumn {
  name: string;
  /** Of the cell in a row. */
  index: number;
  /** Among the header's columns. */
  position: number;
}

type Figures = ReadonlyArray<number | null>;

/** Whether the row numbers the columns, as forms do below the header: (1), (2), (3). */
function isColumnNumbers({ cells }: SourceRow): boolean {
  const numbers = cells.map((cell) => /^\s*\((\d{1,3})\)\s*$/.exec(cell)?.[1]);
  const present = numbers.filter((number) => number !== undefined).map(Number);
  const isAll = cells.every((cell, column) => cell.trim() === "" || numbers[column] !== undefined);
  return (
    isAll && present.length > 1 && present.every((number, index) => index === 0 || number > (present[index - 1] ?? 0))
  );
}

function totalOrBarangay({ row }: SourceRow, label: string, { barangay }: PlaceNames): RowFinding {
  const message = `the row has "${label.slice(0, 60)}" and the name of a barangay; remove one of them`;
  return { row, column: "barangay", code: "", value: barangay.slice(0, 100), message, kind: "place-ambiguous" };
}

/** The cells that may label the row: the first one, and those of the place. */
function labelsOf(source: SourceRow, names: PlaceNames, header: ImportHeader, hasName: boolean): string[] {
  const first = source.cells.find((cell) => cell.trim() !== "") ?? "";
  const above = hasName ? [] : [names.municipality, names.province, names.region];
  return [first.trim(), codeCellOf(source, header), names.barangay, ...above].filter((label) => label !== "");
}

/** The municipality or province that a sheet is named after; null where that is not certain. */
function unitsOfSheet(sheet: string, given: UnitNames, placer: RowPlacer): UnitNames | null {
  const name = sheet.replace(/^\s*\d+\s*[.)-]\s*/, "").trim();
  const { region = "", province = "" } = given;
  const around = { region, province, municipality: "", barangay: "" };
  return unitHeading([name]) ?? placer.unitsNamed(name, around, province !== "");
}

const LETTER = /\p{L}/u;

/** The row's barangay, and whether that is the text of its heading; "" is, where the second row of a header has none. */
function nameCellOf(
  { cells }: SourceRow,
  { codeIndex, nameIndexes, lines }: ImportHeader,
): { text: string; isHeading: boolean } {
  const index = nameIndexes.barangay === -1 ? codeIndex : nameIndexes.barangay;
  const text = (cells[index] ?? "").trim();
  return { text, isHeading: lines.some((line) => (line[index] ?? "").trim() === text) };
}

/** Whether the row repeats a row of the header. */
function isHeaderAgain({ cells }: SourceRow, { lines }: ImportHeader): boolean {
  const isRepeated = (line: readonly string[]) =>
    cells.every((cell, column) => cell.trim() === "" || squeezeHeading(cell) === squeezeHeading(line[column] ?? ""));
  return cells.filter((cell) => cell.trim() !== "").length > 1 && lines.some(isRepeated);
}

function otherHeader(row: number): InputError {
  return new InputError(
    `row ${row}: another header, with other columns than the first`,
    "Put each table on a sheet or in a file of its own, with one header.",
  );
}

function codeCellOf({ cells }: SourceRow, { codeIndex }: ImportHeader): string {
  return codeIndex === -1 ? "" : (cells[codeIndex] ?? "").trim();
}

/** Whether the row has no text or coordinate of a community. */
function hasNoText({ cells }: SourceRow, { columns }: ImportHeader): boolean {
  return columns.every(({ name, index }) => isField(name) || (cells[index] ?? "").trim() === "");
}

function isMergedBarangay({ merged }: SourceRow, { codeIndex, nameIndexes }: ImportHeader): boolean {
  return merged?.some(({ column }) => column === codeIndex || column === nameIndexes.barangay) ?? false;
}

function hasCellsBeyond({ cells }: SourceRow, { width }: ImportHeader): boolean {
  return cells.slice(width).some((cell) => cell.trim() !== "");
}

function passed({ row }: SourceRow, kind: PassedKind, text: string): Passed {
  return { passed: { row, kind, text: text.trim().slice(0, 100) }, warnings: [] };
}
