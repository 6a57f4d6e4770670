import type { RowFinding } from "./row-finding.ts";

/** Maximum number of findings that are kept; more than there are barangays. Further findings are only counted. */
const MAX_KEPT = 50_000;

/**
 * An import stops reading after this many bad rows: a compressed file of a few megabytes may have hundreds of millions. The
 * Philippines has 42,000 barangays.
 */
export const MAX_BAD_ROWS = 1_000_000;

/** Collects the findings of an import in bounded memory. */
export class FindingLog {
  readonly kept: RowFinding[] = [];
  /** Number of findings by kind, including those not kept. */
  readonly kinds: Record<string, number> = {};
  /** Rows with at least one finding. */
  rows = 0;

  /** Adds the findings of one row. */
  add(findings: readonly RowFinding[]): void {
    if (findings.length === 0) return;
    this.rows += 1;
    for (const finding of findings) this.addTo(finding);
  }

  /** Adds a finding to a row that already has one. */
  addTo(finding: RowFinding): void {
    this.#count(finding);
    if (this.kept.length < MAX_KEPT) this.kept.push(finding);
  }

  /** Adds findings about whole columns. They are few and come first, so they are kept however many others there are. */
  addOfFile(findings: readonly RowFinding[]): void {
    for (const finding of findings) this.#count(finding);
    this.kept.unshift(...findings);
  }

  #count({ kind = "" }: RowFinding): void {
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
  }
}
