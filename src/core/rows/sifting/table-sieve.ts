import type { ImportHeader } from "../../headings/import-header.ts";
import type { Doubt } from "../../headings/row-context.ts";
import type { PlaceNames } from "../../places/place-resolver.ts";
import { type ImportRow, parseImportRow, type RowRules, type SourceRow } from "../import-row.ts";
import type { RowFinding } from "../row-finding.ts";
import { HeadingRows, type SiftedTable } from "./heading-rows.ts";
import { codeCellOf, hasCellsBeyond, hasNoText, isColumnNumbers, isMergedBarangay, labelsOf } from "./label-cells.ts";
import { isGrandTotal, isNoteLine, isSentence, isSignatureLine, isTotalLabel, totalUnit } from "./row-words.ts";
import { type PassedOver, passedOver, type SiftedRow } from "./sifted-row.ts";
import type { TotalLabel } from "./table-totals.ts";

/** Tells the communities of one table from its totals, notes, headings and blank rows. */
export class TableSieve {
  readonly #table: SiftedTable;
  readonly #rules: RowRules;
  readonly #skipsTotals: boolean;
  readonly #headings: HeadingRows;

  constructor(table: SiftedTable, { rules, skipsTotals }: { rules: RowRules; skipsTotals: boolean }) {
    this.#table = table;
    this.#rules = rules;
    this.#skipsTotals = skipsTotals;
    this.#headings = new HeadingRows(table);
  }

  sift(source: SourceRow): SiftedRow {
    const { header, placer, cells, context, totals } = this.#table;
    const parsed = parseImportRow(source, header, this.#rules);
    const hasCode = placer.hasCode(parsed.code);
    const own = parsed.names;
    const { names, around, doubt } = context.fill(own, hasCode, header.nameIndexes);
    Object.assign(parsed, { names, around });
    if (this.#skipsTotals && !hasCode && source.problem === undefined) {
      const passed = this.#headings.pass(source, parsed) ?? this.#pass(source, parsed, own);
      if (passed !== null) return passed;
      this.#headings.doubt(source, parsed);
      if (doubt !== null) parsed.findings.push(uncertain(source, doubt));
    }
    context.pass(parsed.names);
    totals.add(source.row, cells.ofCommunity(parsed), parsed.names);
    return { passed: null, parsed };
  }

  /** Marks the last community as a bad row. */
  reject(row: number): void {
    this.#table.totals.addBad(row);
  }

  #pass(source: SourceRow, parsed: ImportRow, own: PlaceNames): PassedOver | null {
    const { header, placer, cells, context, totals, shown } = this.#table;
    const hasName = own.barangay !== "" || codeCellOf(source, header) !== "";
    const labels = labelsOf(source, own, header, hasName);
    const total = totalLabel(labels, source, own, hasName, header);
    const isTotal = total !== null;
    const isNote = labels.some((label) => isSignatureLine(label) || isNoteLine(label) || isSentence(label));
    // The usual row: it names a barangay, and nothing in it looks like a label.
    if (hasName && !isTotal && !isNote && !context.isBelowSignature && !own.barangay.startsWith("(")) {
      return this.#passUnitTotal(source, parsed);
    }
    if (isMergedBarangay(source, header)) return null;
    const label = labels[0] ?? "";
    if (placer.mayName(parsed.names)) {
      // "TOTAL" in front of "15" is a count of barangays more likely than Barangay 15.
      if (isTotalLabel(label) && label !== own.barangay) parsed.findings.push(totalOrBarangay(source, label, own));
      return null;
    }
    if (isColumnNumbers(source)) return passedOver(source, "heading", label);
    if (isTotal && !hasCellsBeyond(source, header)) return totals.passTotal(source, cells, total);
    if (cells.hasDigits(source)) {
      if (hasName || !hasNoText(source, header)) return null;
      const figures = cells.ofTotal(source);
      return figures === null ? null : totals.passSums(source, figures, label);
    }
    if (isNote || context.isBelowSignature) {
      if (!isNote) context.leave({ row: shown(source.row), text: label });
      const isSigned = context.isBelowSignature || labels.some(isSignatureLine);
      const isText = !isSigned && !labels.some(isNoteLine);
      const heading = isText ? this.#headings.passSentence(source, label) : null;
      if (heading !== null) return heading;
      context.isBelowSignature = isSigned;
      return passedOver(source, "note", label);
    }
    if (hasName || !hasNoText(source, header)) return null;
    const texts = source.cells.filter((cell) => cell.trim() !== "").length;
    return passedOver(source, texts === 1 && /\p{L}/u.test(label) ? "note" : "blank", label);
  }

  /** A row with the name of a province or municipality in place of a barangay, and the sums of the rows above. */
  #passUnitTotal(source: SourceRow, parsed: ImportRow): PassedOver | null {
    const { header, placer, cells, totals } = this.#table;
    const { names, findings } = parsed;
    if (names.barangay === "" || findings.length > 0 || !hasNoText(source, header)) return null;
    const figures = cells.ofCommunity(parsed);
    // Compare the figures first: to look the name up takes longer, and this is done for every row.
    if (!totals.areSums(figures)) return null;
    const isAround = placer.units.isAround(names.barangay, names);
    if (!placer.mayName(names)) return isAround ? totals.passSums(source, figures, names.barangay) : null;
    // A barangay may have the name of its municipality, but hardly the figures of all rows above it as well.
    if (isAround && !/^\s*(barangay|brgy|bgy)\b/i.test(names.barangay)) findings.push(totalOrCommunity(source, names));
    return null;
  }
}

/** What labels the row as a total; null where nothing does. */
function totalLabel(
  labels: readonly string[],
  { cells }: SourceRow,
  own: PlaceNames,
  hasName: boolean,
  header: ImportHeader,
): TotalLabel | null {
  const first = cells.findIndex((cell) => cell.trim() !== "");
  // A text about a community, such as "Total evacuation", is a label only where nothing names one, as "TOTAL" alone.
  const isText = header.columns.some(({ index }) => index === first);
  const isLabel = (label: string) =>
    isTotalLabel(label) && (!isText || label !== cells[first]?.trim() || (!hasName && totalUnit(label) === ""));
  const text = labels.find(isLabel);
  if (text === undefined) return null;
  const municipality = isTotalLabel(own.municipality) ? "" : own.municipality;
  return { text, isGrand: labels.some(isGrandTotal), unit: totalUnit(text) || municipality };
}

function totalOrCommunity({ row }: SourceRow, { barangay }: PlaceNames): RowFinding {
  const message = `the figures are the sums of the rows above, and a barangay and its municipality have this name; write "Total" for a total, or "Barangay ${barangay.trim().slice(0, 60)}"`;
  return { row, column: "barangay", code: "", value: barangay.slice(0, 100), message, kind: "place-ambiguous" };
}

/** Below a text that may be a heading, the municipality of a row would be a guess. */
function uncertain({ row }: SourceRow, { row: above, text }: Doubt): RowFinding {
  const message =
    above === null
      ? "this title and the name of the sheet are those of different municipalities; correct one of them"
      : `this text of row ${above} may be a heading, so that the municipality of the row is not certain; write "Municipality of NAME" there, or remove it`;
  return { row, column: "municipality", code: "", value: text.slice(0, 100), message, kind: "place-ambiguous" };
}

function totalOrBarangay({ row }: SourceRow, label: string, { barangay }: PlaceNames): RowFinding {
  const message = `the row has "${label.slice(0, 60)}" and the name of a barangay; remove one of them`;
  return { row, column: "barangay", code: "", value: barangay.slice(0, 100), message, kind: "place-ambiguous" };
}
