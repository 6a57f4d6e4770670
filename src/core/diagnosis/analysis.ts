import type { PageFile } from "../page-file.ts";
import type { ScopeSummary } from "../sync/scope.ts";

/** From most to least severe. */
export const SEVERITIES = ["error", "warning", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The lowest severity whose findings make an analysis fail; "never" for none. */
export type FailOn = Severity | "never";

/** The description of a check, as `analyze --list` prints it. */
export interface CheckDescription {
  /** Must not change: scripts refer to it. */
  id: string;
  severity: Severity;
  title: string;
  /** One sentence: why a finding matters. */
  why: string;
}

export type Figure = string | number | null;

/** One unit, row or database object that a check found. */
export interface CheckFinding {
  /** PSGC code, or the name of an object that has none. */
  code: string;
  name: string;
  figures: Record<string, Figure>;
  /** The command or statement that fixes the finding, or that shows the figures where a person has to decide. */
  remedy: string;
}

export interface CheckResult extends CheckDescription {
  /** Number of findings in all; `findings` holds the first of them. */
  count: number;
  findings: CheckFinding[];
  durationMs: number;
}

export interface RegionOverview {
  code: string;
  name: string;
  provinces: number;
  municipalities: number;
  communities: number;
  population: number;
  /** Share, 0 to 1, of the municipalities with communities that have a coverage; null where none has communities. */
  coverageShare: number | null;
  /** Share, 0 to 1, of the figures of its communities that are not blank; null where it has no communities. */
  completeness: number | null;
}

export interface AnalyzeReport {
  command: "analyze";
  database: string;
  scope: ScopeSummary;
  failOn: FailOn;
  checks: CheckResult[];
  regions: RegionOverview[];
  /** Whether there is neither a community nor a coverage in scope, so that most checks have nothing to examine. */
  isEmpty: boolean;
  /** The page that --report has written. */
  page?: PageFile;
  durationMs: number;
}

export interface CheckListReport {
  command: "analyze-list";
  checks: CheckDescription[];
}

/** The number of findings of each severity. */
export function countsOfFindings(checks: readonly CheckResult[]): Record<Severity, number> {
  const counts = SEVERITIES.map((severity) => [severity, countFindings(checks, severity)]);
  return Object.fromEntries(counts) as Record<Severity, number>;
}

export function countFindings(checks: readonly CheckResult[], severity: Severity): number {
  return checks.filter((check) => check.severity === severity).reduce((sum, { count }) => sum + count, 0);
}

/** Whether no check of the severity that makes the analysis fail, or of a higher one, found anything. */
export function isPassed({ checks, failOn }: Pick<AnalyzeReport, "checks" | "failOn">): boolean {
  return failOn === "never" || atLeast(checks, failOn).every(({ count }) => count === 0);
}

/** The checks of the given severity or a higher one. */
export function atLeast<Described extends CheckDescription>(
  checks: readonly Described[],
  severity: Severity,
): Described[] {
  return checks.filter((check) => SEVERITIES.indexOf(check.severity) <= SEVERITIES.indexOf(severity));
}
