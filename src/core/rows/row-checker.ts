import type { Field } from "../fields.ts";
import { CODE_COLUMN } from "../headings/import-columns.ts";
import type { ImportHeader } from "../headings/import-header.ts";
import type { UnitNames } from "../headings/unit-headings.ts";
import type { BarangayIndex } from "../places/barangay-index.ts";
import type { CommunityValue } from "../records/parse-value.ts";
import type { PassedRow } from "../records/passed-rows.ts";
import type { ImportRow, SourceRow } from "./import-row.ts";
import type { RowPlacer } from "./placing/row-placer.ts";
import { implausibleFigures } from "./plausibility.ts";
import type { RowFinding } from "./row-finding.ts";
import type { RowSieve } from "./sifting/row-sieve.ts";

/** The result of checking one row by itself, without comparing it with other rows. */
export interface CheckedRow {
  row: number;
  /** Position of its barangay in the index; -1 where the row does not say which one. */
  position: number;
  code: string;
  /** The units that the file names elsewhere than in the row. */
  around: UnitNames;
  values: CommunityValue[];
  /** Why the row is rejected; empty where it is good. */
  findings: RowFinding[];
  warnings: RowFinding[];
  /** The row as it is listed where it is no community; otherwise null. */
  passed: PassedRow | null;
}

export interface CheckerOptions {
  index: BarangayIndex;
  placer: RowPlacer;
  sieve: RowSieve;
  /** With --on-conflict error, ids of the barangays that have a community; otherwise null. */
  storedIds: ReadonlySet<number> | null;
}

/** Checks rows one at a time, in the order of the file: the cells, the place, and whether the figures are plausible. */
export class RowChecker {
  readonly #options: CheckerOptions;
  #header: ImportHeader | null = null;
  #positionOf = new Map<string, number>();

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  /** Forgets the rows so far, before the file is read again. */
  startOver(): void {
    this.#options.sieve.startOver();
  }

  /** The warnings that are known only at the end of the file. */
  finish(): RowFinding[] {
    return this.#options.sieve.finish();
  }

  check(source: SourceRow, header: ImportHeader): CheckedRow {
    const { index, placer, sieve, storedIds } = this.#options;
    const sifted = sieve.sift(source, header);
    if (sifted.passed !== null) {
      const { passed, warnings } = sifted;
      return { row: source.row, position: -1, code: "", around: {}, values: [], findings: [], warnings, passed };
    }
    const { parsed } = sifted;
    if (parsed.findings.length > 0) return this.#rejected(parsed, this.#withPlace(parsed));
    const placement = placer.place(parsed);
    if (placement.kind === "refused") return this.#rejected(parsed, [placement.finding]);
    const { row, around, values } = parsed;
    const { position, code } = placement;
    if (storedIds?.has(index.idAt(position))) {
      return { row, position, code, around, values, findings: [storedAlready(row, code)], warnings: [], passed: null };
    }
    const warnings = this.#implausible(header, values, row, code, index.populationAt(position));
    if (placement.warning !== null) warnings.unshift(placement.warning);
    return { row, position, code, around, values, findings: [], warnings, passed: null };
  }

  /** The findings about the cells of a row, and what is wrong with its place: both can be fixed at once. */
  #withPlace(row: ImportRow): RowFinding[] {
    const isUnplaced = row.findings.some(({ kind = "" }) => PLACE_KINDS.has(kind));
    const placement = isUnplaced ? null : this.#options.placer.place(row);
    return placement?.kind === "refused" ? [...row.findings, placement.finding] : row.findings;
  }

  /** A rejected row still names a barangay: another row of the file for the same one is then in doubt as well. */
  #rejected(row: ImportRow, findings: RowFinding[]): CheckedRow {
    const { index, placer, sieve } = this.#options;
    sieve.reject(row.row);
    const position = placer.positionOf(row);
    const code = position === -1 ? (row.code ?? "") : index.codeAt(position);
    return {
      row: row.row,
      position,
      code,
      around: row.around,
      values: row.values,
      findings,
      warnings: [],
      passed: null,
    };
  }

  #implausible(
    header: ImportHeader,
    values: readonly CommunityValue[],
    row: number,
    code: string,
    population: number | null,
  ): RowFinding[] {
    if (this.#header !== header) {
      this.#header = header;
      this.#positionOf = new Map(header.columns.map(({ name }, position) => [name, position]));
    }
    const figureOf = (field: Field): number | null => {
      const position = this.#positionOf.get(field);
      return position === undefined ? null : ((values[position] ?? null) as number | null);
    };
    return implausibleFigures(figureOf, population).map(({ column, value, message }) => ({
      row,
      column,
      code,
      value: String(value),
      message,
      kind: "implausible",
    }));
  }
}

/** Findings after which the place of a row cannot be looked up. */
const PLACE_KINDS: ReadonlySet<string> = new Set(["row", "code", "merged", "place-ambiguous"]);

function storedAlready(row: number, code: string): RowFinding {
  const message = "this barangay already has a community, which --on-conflict error does not allow";
  return { row, column: CODE_COLUMN, code, value: code, message, kind: "stored" };
}
