import type { RowFinding } from "./row-finding.ts";

/** Findings that are kept with their text; more than the country has barangays. Beyond it they are only counted. */
const MAX_KEPT = 50_000;

/** What was found wrong, or doubtful, in the rows of a file; memory does not grow with what is wrong. */
export class FindingLog {
  readonly kept: RowFinding[] = [];
  readonly kinds: Record<string, number> = {};
  /** Rows with at least one finding. */
  rows = 0;

  /** Takes what was found in one row. */
  add(findings: readonly RowFinding[]): void {
    if (findings.length === 0) return;
    this.rows += 1;
    for (const finding of findings) {
      const kind = finding.kind ?? "";
      this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
      if (this.kept.length < MAX_KEPT) this.kept.push(finding);
    }
  }
}
