import { Chalk } from "chalk";
import type { Report } from "../../src/core/report.ts";
import { PlannedChange } from "../../src/core/sync/planned-change.ts";
import { computedColumns, emptyPlan, type SyncPlan } from "../../src/core/sync/sync-plan.ts";
import type { SyncReport } from "../../src/core/sync/sync-report.ts";
import type { Drift } from "../../src/core/verify/drift.ts";
import type { SourceComparison } from "../../src/core/verify/source-comparison.ts";
import type { VerifyReport } from "../../src/core/verify/verify-report.ts";
import { type Format, type RenderOptions, renderReport } from "../../src/render/render.ts";
import type { Style } from "../../src/render/text/style.ts";

/** The style of text that is written to a file. */
export function plainStyle(style: Partial<Style> = {}): Style {
  return { paint: new Chalk({ level: 0 }), quiet: false, details: false, width: null, ...style };
}

export const PLAIN: RenderOptions = { color: false, quiet: false, details: false, width: null };

export function rendered(report: Report, format: Format = "text", options: Partial<RenderOptions> = {}): string {
  return [...renderReport(report, format, { ...PLAIN, ...options })].join("");
}

const COLUMNS = computedColumns(["households"]);

/** A created and an updated municipality, and their province, with only households and key_barangays. */
export const CHANGES: PlannedChange[] = [
  new PlannedChange(
    {
      ...{ level: "municipality", unitId: 1, code: "1001301000", name: "Baungon", parent: "Bukidnon" },
      ...{ action: "created", version: null },
    },
    COLUMNS.municipality,
    [null, null, null],
    [2, "Balintad, Imbatug", 5],
  ),
  new PlannedChange(
    {
      ...{ level: "municipality", unitId: 2, code: "1003504000", name: "Kapatagan", parent: "Lanao del Norte" },
      ...{ action: "updated", version: "1" },
    },
    COLUMNS.municipality,
    [1, "Poblacion", 200],
    [1, "Poblacion", 230],
  ),
  new PlannedChange(
    {
      ...{ level: "province", unitId: 3, code: "1001300000", name: "Bukidnon", parent: "Region X" },
      ...{ action: "updated", version: "1" },
    },
    COLUMNS.province,
    [1, 3, "Damulog", 900],
    [2, 5, "Baungon, Damulog", 905],
  ),
];

export function syncReport({ dryRun = false, ...plan }: Partial<SyncPlan> & { dryRun?: boolean } = {}): SyncReport {
  const queries = { read: 1, write: 2, bookkeeping: 1, control: 3 };
  const empty = emptyPlan({ kind: "all" }, COLUMNS);
  return { command: "sync", dryRun, plan: { ...empty, ...plan }, queries, durationMs: 12.345 };
}

export function drift(found: Partial<Drift> = {}): Drift {
  const unit = { level: "municipality", code: "1001301000", name: "Baungon", parent: "Bukidnon" } as const;
  return { ...unit, kind: "stale", fields: { households: { stored: 4, expected: 5 } }, ...found };
}

export function verifyReport(report: Partial<VerifyReport> = {}): VerifyReport {
  const level = { total_obc_communities: 2, estimated_obc_population: 1234, households: 5, families: 7 };
  return {
    command: "verify",
    isSetUp: true,
    scope: { kind: "all", units: [] },
    drift: [],
    findings: [],
    totals: { communities: level, municipalities: level, provinces: level },
    checked: { municipalities: 3, provinces: 1 },
    isEmpty: false,
    source: null,
    durationMs: 12.345,
    ...report,
  };
}

/** A file of 600 rows that agrees with the database. */
export function sourceComparison(comparison: Partial<SourceComparison> = {}): SourceComparison {
  return {
    file: "list.csv",
    rows: 600,
    checked: { barangays: 0, municipalities: 3, provinces: 1 },
    mismatches: [],
    ignoredColumns: [],
    passedOver: null,
    source: null,
    sheets: null,
    columns: {},
    headings: [],
    ...comparison,
  };
}
