import type { ScopeSummary } from "../sync/scope.ts";

/** From worst to mildest. Only an error makes analyze exit with findings. */
export const SEVERITIES = ["error", "warning", "info"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a check is about; `analyze --list` prints these. */
export interface CheckDescription {
  /** Stable: scripts and documents name it. */
  id: string;
  severity: Severity;
  title: string;
  /** One sentence. */
  why: string;
}

export type Figure = string | number | null;

/** One unit, row or object that a check found. */
export interface CheckFinding {
  /** PSGC code, or the name of what has none. */
  code: string;
  name: string;
  figures: Record<string, Figure>;
  /** The exact command or statement that mends it, or that shows what a person has to decide. */
  remedy: string;
}

export interface CheckResult extends CheckDescription {
  /** All that was found, of which `findings` are the first few. */
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
  /** Municipalities with a coverage among those with communities, 0 to 1; null where none has any. */
  coverageShare: number | null;
  /** Figures that are filled in among all of its communities, 0 to 1; null where it has none. */
  completeness: number | null;
}

export interface AnalyzeReport {
  command: "analyze";
  database: string;
  scope: ScopeSummary;
  checks: CheckResult[];
  regions: RegionOverview[];
  durationMs: number;
}

export interface CheckListReport {
  command: "analyze-list";
  checks: CheckDescription[];
}

export function countFindings(checks: readonly CheckResult[], severity: Severity): number {
  return checks.filter((check) => check.severity === severity).reduce((sum, { count }) => sum + count, 0);
}

/** The checks of a severity or a worse one. */
export function atLeast<Described extends CheckDescription>(
  checks: readonly Described[],
  severity: Severity,
): Described[] {
  return checks.filter((check) => SEVERITIES.indexOf(check.severity) <= SEVERITIES.indexOf(severity));
}
