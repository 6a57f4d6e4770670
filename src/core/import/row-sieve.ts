import { isField, MAX_COVERAGE_FIGURE } from "../fields.ts";
import { grouped } from "../grouped.ts";
import { type Parsed, parseFigure } from "../records/parse-value.ts";
import type { PassedKind, PassedRow } from "../records/passed-rows.ts";
import { type BlockSum, BlockSums, differing } from "./block-sums.ts";
import type { ImportHeader } from "./import-header.ts";
import { type ImportRow, parseImportRow, type RowRules, type SourceRow } from "./import-row.ts";
import type { RowFinding } from "./row-finding.ts";
import type { RowPlacer } from "./row-placer.ts";
import { isGrandTotal, isNoteLine, isSentence, isSignatureLine, isTotalLabel } from "./row-words.ts";

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
  #fields: FieldColumn[] = [];
  #header: ImportHeader | null = null;
  #sums = new BlockSums(0);
  #belowSignature = false;

  constructor({ rules, placer, skipsTotals }: { rules: RowRules; placer: RowPlacer; skipsTotals: boolean }) {
    this.#rules = rules;
    this.#placer = placer;
    this.#skipsTotals = skipsTotals;
  }

  /** Forgets the rows so far, before the file is read again. */
  startOver(): void {
    this.#header = null;
    this.#fields = [];
    this.#sums = new BlockSums(0);
    this.#belowSignature = false;
  }

  sift(source: SourceRow, header: ImportHeader): Sifted {
    this.#take(header);
    const parsed = parseImportRow(source, header, this.#rules);
    if (this.#skipsTotals && !this.#placer.hasCode(parsed.code) && source.problem === undefined) {
      const passed = this.#passed(source, parsed, header);
      if (passed !== null) return passed;
    }
    this.#belowSignature = false;
    this.#sums.add(
      source.row,
      this.#fields.map(({ position }) => (parsed.values[position] ?? null) as number | null),
    );
    return { passed: null, parsed };
  }

  #take(header: ImportHeader): void {
    if (this.#header === header) return;
    const fields = header.columns.flatMap(({ name, index }, position) =>
      isField(name) ? [{ name, index, position }] : [],
    );
    // A later header of NDJSON has the same columns in the same order.
    if (fields.length !== this.#fields.length) this.#sums = new BlockSums(fields.length);
    this.#header = header;
    this.#fields = fields;
  }

  #passed(source: SourceRow, parsed: ImportRow, header: ImportHeader): Passed | null {
    const hasName = parsed.names.barangay !== "" || codeCellOf(source, header) !== "";
    const labels = labelsOf(source, parsed, header, hasName);
    const isTotal = labels.some(isTotalLabel);
    const isNote = labels.some((label) => isSignatureLine(label) || isNoteLine(label) || isSentence(label));
    // The usual row: it names a barangay, and nothing in it looks like a label.
    if (hasName && !isTotal && !isNote && !this.#belowSignature) return this.#asUnitTotal(source, parsed, header);
    if (isMergedBarangay(source, header) || this.#placer.mayName(parsed.names)) return null;
    const label = labels[0] ?? "";
    if (isTotal && !hasCellsBeyond(source, header)) {
      return this.#total(source, labels.some(isGrandTotal), labels.find(isTotalLabel) as string);
    }
    if (this.#hasDigits(source)) {
      return hasName || !hasNoText(source, header) ? null : this.#asEqual(source, this.#figuresOf(source), label);
    }
    if (isNote || this.#belowSignature) {
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
    const warnings = block === null ? [] : this.#differences(source, totals, block, label);
    if (block !== null && totals.some((total) => total !== null)) this.#sums.end(block.level);
    return { ...passed(source, "total", label), warnings };
  }
  #differences({ row, cells }: SourceRow, totals: Figures, block: BlockSum, label: string): RowFinding[] {
    const rows = block.rows === 1 ? `row ${block.firstRow} has` : `rows ${block.firstRow} to ${block.lastRow} sum to`;
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

interface FieldColumn {
  name: string;
  /** Of the cell in a row. */
  index: number;
  /** Among the header's columns. */
  position: number;
}

type Figures = ReadonlyArray<number | null>;

/** The cells that may label the row: the first one, and those of the place. */
function labelsOf(source: SourceRow, { names }: ImportRow, header: ImportHeader, hasName: boolean): string[] {
  const first = source.cells.find((cell) => cell.trim() !== "") ?? "";
  const above = hasName ? [] : [names.municipality, names.province, names.region];
  return [first.trim(), codeCellOf(source, header), names.barangay, ...above].filter((label) => label !== "");
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
