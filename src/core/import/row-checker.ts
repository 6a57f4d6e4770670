import type { Field } from "../fields.ts";
import type { BarangayIndex } from "../places/barangay-index.ts";
import type { CommunityValue } from "../records/parse-value.ts";
import { CODE_COLUMN } from "./import-columns.ts";
import type { ImportHeader } from "./import-header.ts";
import { parseImportRow, type SourceRow } from "./import-row.ts";
import { implausibleFigures } from "./plausibility.ts";
import type { RowFinding } from "./row-finding.ts";
import type { RowPlacer } from "./row-placer.ts";

/** A row with everything that can be said of it without looking at other rows. */
export interface CheckedRow {
  row: number;
  /** Of its barangay in the index; -1 where the row is bad. */
  position: number;
  code: string;
  values: CommunityValue[];
  /** What keeps the row out. */
  findings: RowFinding[];
  warnings: RowFinding[];
}

export interface CheckerOptions {
  index: BarangayIndex;
  placer: RowPlacer;
  mayBeShort: boolean;
  /** Barangays that must not have a community yet; null where they may. */
  storedIds: ReadonlySet<number> | null;
}

export class RowChecker {
  readonly #options: CheckerOptions;
  #header: ImportHeader | null = null;
  #positionOf = new Map<string, number>();

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  check(source: SourceRow, header: ImportHeader): CheckedRow {
    const { index, placer, mayBeShort, storedIds } = this.#options;
    const { row, code, values, findings, ...rest } = parseImportRow(source, header, mayBeShort);
    const bad: CheckedRow = { row, position: -1, code: code ?? "", values, findings, warnings: [] };
    if (findings.length > 0) return bad;
    const placement = placer.place({ row, code, values, findings, ...rest });
    if (placement.kind === "refused") return { ...bad, findings: [placement.finding] };
    const id = index.idAt(placement.position);
    if (storedIds?.has(id)) return { ...bad, code: placement.code, findings: [storedAlready(row, placement.code)] };
    const warnings = this.#implausible(header, values, row, placement.code, index.populationAt(placement.position));
    if (placement.warning !== null) warnings.unshift(placement.warning);
    return { row, position: placement.position, code: placement.code, values, findings: [], warnings };
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

function storedAlready(row: number, code: string): RowFinding {
  const message = "there is a community in this barangay already, and --on-conflict error asks for new ones only";
  return { row, column: CODE_COLUMN, code, value: code, message, kind: "stored" };
}
